package io.muster.user.intake;

import io.muster.inbox.intake.CommandIntake;
import io.muster.user.provisioning.Provisioning;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Unwraps, calls, done. Each of the channel's clients has one batch under way at a time. */
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
  @Blocking
  void consume(ConsumerRecords<byte[], byte[]> poll) {
    intake.take(type, provisioning, poll);
  }
}
