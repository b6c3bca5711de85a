package io.muster.bulkingest.dispatch;

import io.muster.bulkingest.dispatch.held.SentSlice;
import io.muster.bulkingest.dispatch.window.Bell;
import io.muster.bulkingest.dispatch.window.InFlight;
import io.muster.bulkingest.dispatch.window.RowCommands;
import io.muster.bulkingest.dispatch.window.SliceNumbers;
import io.muster.chassis.stage.Stage;
import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.topic.Topics;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/**
 * Puts a slice's commands on {@code muster.user-commands} and {@code muster.license-commands}, all
 * at once; acknowledgements follow.
 */
@ApplicationScoped
public class SendingSlices {
  private static final String USERS = "user-commands";
  private static final String LICENSES = "license-commands";
  private static final String SERVICE = "bulk-ingest-service";

  private final Wire<UserCommand> userWire = Wire.of(Topics.USER_COMMANDS);
  private final Wire<LicenseCommand> licenseWire = Wire.of(Topics.LICENSE_COMMANDS);
  private final Records userRecords = new Records(SERVICE, "user-command");
  private final Records licenseRecords = new Records(SERVICE, "license-command");
  private final KafkaClientService clients;
  private final InFlight inFlight;
  private final SliceNumbers numbers;
  private final Bell bell;

  /**
   * @param wiredUsers keeps the channel wired; records go to its client directly, many at a time
   * @param wiredLicenses likewise
   */
  SendingSlices(
      KafkaClientService clients,
      @Channel(USERS) Emitter<byte[]> wiredUsers,
      @Channel(LICENSES) Emitter<byte[]> wiredLicenses,
      InFlight inFlight,
      SliceNumbers numbers,
      Bell bell) {
    this.clients = clients;
    this.inFlight = inFlight;
    this.numbers = numbers;
    this.bell = bell;
  }

  /**
   * Sends without waiting. A record that the client gives up on marks its job as failed, whatever
   * became of the others: the inbox makes sending them again harmless.
   */
  void send(SentSlice slice) {
    if (slice.rows().isEmpty()) {
      return;
    }
    long number =
        inFlight.sent(
            slice.job().key().jobId(),
            slice.job().single(),
            slice.firstRow(),
            slice.costs(),
            slice.rows());
    byte[] header = numbers.header(number).getBytes(StandardCharsets.US_ASCII);
    Producer<String, byte[]> toUsers = clients.<String, byte[]>getProducer(USERS).unwrap();
    Producer<String, byte[]> toLicenses = clients.<String, byte[]>getProducer(LICENSES).unwrap();
    Callback acknowledged =
        (metadata, failure) -> {
          if (failure == null) {
            if (slice.acknowledged()) {
              bell.ring();
            }
          } else {
            slice.failed();
            inFlight.forget(number);
          }
        };
    try (Stage.Busy unusedBusy = Stage.SEND.begin()) {
      for (RowCommands row : slice.rows()) {
        var unused = toUsers.send(record(row.user(), header), acknowledged);
        if (row.license() != null) {
          var unusedToo = toLicenses.send(record(row.license(), header), acknowledged);
        }
      }
    } catch (KafkaException e) {
      // Thrown instead of told, for example when no metadata came in time.
      slice.failed();
      inFlight.forget(number);
    }
  }

  private ProducerRecord<String, byte[]> record(UserCommand command, byte[] slice) {
    return new ProducerRecord<>(
        Topics.USER_COMMANDS.name(),
        null,
        Topics.userKey(command.tenant(), command.userPrincipalName()),
        userWire.encode(command),
        userRecords.headers(Records.commandId(command.jobId(), command.row()), slice));
  }

  private ProducerRecord<String, byte[]> record(LicenseCommand command, byte[] slice) {
    return new ProducerRecord<>(
        Topics.LICENSE_COMMANDS.name(),
        null,
        Topics.licenseKey(command.tenant()),
        licenseWire.encode(command),
        licenseRecords.headers(Records.commandId(command.jobId(), command.row()), slice));
  }
}
