package io.muster.user.intake;

import io.muster.inbox.intake.CommandIntake;
import io.muster.user.provisioning.Provisioning;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands polls over, done: the intake works them off and acknowledges them. */
@ApplicationScoped
class UserCommandConsumer {
  private final UserCommands type = new UserCommands();
  private final CommandIntake intake;
  private final Provisioning provisioning;

  UserCommandConsumer(CommandIntake intake, Provisioning provisioning) {
    this.intake = intake;
    this.provisioning = provisioning;
  }

  @Incoming("user-commands")
  @Acknowledgment(Acknowledgment.Strategy.MANUAL)
  CompletionStage<Void> consume(KafkaRecordBatch<byte[], byte[]> poll) {
    return intake.take(type, provisioning, poll);
  }
}
