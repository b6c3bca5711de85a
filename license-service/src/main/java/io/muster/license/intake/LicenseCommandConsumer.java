package io.muster.license.intake;

import io.muster.inbox.intake.CommandIntake;
import io.muster.license.assigning.AssigningSeats;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands polls over, done: the intake works them off and acknowledges them. */
@ApplicationScoped
class LicenseCommandConsumer {
  private final LicenseCommands type = new LicenseCommands();
  private final CommandIntake intake;
  private final AssigningSeats assigning;

  LicenseCommandConsumer(CommandIntake intake, AssigningSeats assigning) {
    this.intake = intake;
    this.assigning = assigning;
  }

  @Incoming("license-commands")
  @Acknowledgment(Acknowledgment.Strategy.MANUAL)
  CompletionStage<Void> consume(KafkaRecordBatch<byte[], byte[]> poll) {
    return intake.take(type, assigning, poll);
  }
}
