package io.muster.license.intake;

import io.muster.inbox.intake.CommandIntake;
import io.muster.license.assigning.AssigningSeats;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Unwraps, calls, done. Each of the channel's clients has one batch under way at a time. */
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
  @Blocking
  void consume(ConsumerRecords<byte[], byte[]> poll) {
    intake.take(type, assigning, poll);
  }
}
