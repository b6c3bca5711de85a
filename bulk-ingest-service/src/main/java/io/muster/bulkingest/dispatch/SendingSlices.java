package io.muster.bulkingest.dispatch;

import io.muster.bulkingest.dispatch.OpenJob.SentSlice;
import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.topic.Topics;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/**
 * Puts a slice's commands on {@code muster.user-commands}, all at once; acknowledgements follow.
 */
@ApplicationScoped
public class SendingSlices {
  private static final String CHANNEL = "user-commands";

  private final Wire<UserCommand> wire = Wire.of(Topics.USER_COMMANDS);
  private final Records records = new Records("bulk-ingest-service", "user-command");
  private final KafkaClientService clients;
  private final InFlight inFlight;
  private final SliceNumbers numbers;

  /**
   * @param wired keeps the channel wired; records go to its client directly, many at a time
   */
  SendingSlices(
      KafkaClientService clients,
      @Channel(CHANNEL) Emitter<byte[]> wired,
      InFlight inFlight,
      SliceNumbers numbers) {
    this.clients = clients;
    this.inFlight = inFlight;
    this.numbers = numbers;
  }

  /**
   * Sends without waiting. A record that the client gives up on marks its job as failed, whatever
   * became of the others: the inbox makes sending them again harmless.
   */
  void send(SentSlice slice) {
    if (slice.commands().isEmpty()) {
      return;
    }
    long number =
        inFlight.sent(
            slice.job().key().jobId(),
            slice.firstRow(),
            slice.commands().stream().mapToLong(UserCommand::row).toArray());
    byte[] header = numbers.header(number).getBytes(StandardCharsets.US_ASCII);
    Producer<String, byte[]> producer = clients.<String, byte[]>getProducer(CHANNEL).unwrap();
    for (UserCommand command : slice.commands()) {
      try {
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(
                    Topics.USER_COMMANDS.name(),
                    null,
                    Topics.userKey(command.tenant(), command.userPrincipalName()),
                    wire.encode(command),
                    records.headers(Records.commandId(command.jobId(), command.row()), header)),
                (metadata, failure) -> {
                  if (failure == null) {
                    slice.acknowledged();
                  } else {
                    slice.failed();
                    inFlight.forget(number);
                  }
                });
      } catch (KafkaException e) {
        // Thrown instead of told, for example when no metadata came in time.
        slice.failed();
        inFlight.forget(number);
        return;
      }
    }
  }
}
