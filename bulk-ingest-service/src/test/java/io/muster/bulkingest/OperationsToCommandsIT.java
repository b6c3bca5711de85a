package io.muster.bulkingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import io.muster.sealing.password.PasswordEpochs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every operation's row becomes on the bus. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class OperationsToCommandsIT {
  private static final Set<Part> USER = Set.of(Part.USER);
  private static final Set<Part> BOTH = Set.of(Part.USER, Part.LICENSE);
  private static final String HASH =
      "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$" + "A".repeat(43);

  private final TestPlatform platform = TestPlatform.shared();
  private final Tenant tenant = new Tenant("operations");

  @Test
  void everyRowHasThePartsAndTheContentOfItsOwnOperation() throws Exception {
    aKeyForPasswords();
    String csv =
        String.join(
            "\n",
            "UserPrincipalName,DisplayName,City,Password,PasswordHash,MustChangePassword,Licenses,BlockSignIn,Protected,Action",
            "u1@x.com,One,Rome,,,,,No,Yes,add",
            "u2@x.com,Two,Rome,,,,,,,enable",
            "u3@x.com,Three,,Xk4-Vorn-Lapi-92,,No,E3;VISIO,,,enable",
            "u4@x.com,,,,\"" + HASH + "\",,,,,set-password",
            "u5@x.com,,-,,,,,,No,set",
            "u6@x.com,,,,,,E3,,,remove",
            "u7@x.com,,,,,,,,,restore",
            "u8@x.com,,,,,,,,,disable",
            "u9@x.com,,,,,,E3,,,set-licenses",
            "u10@x.com,,,,,,-,,,set-licenses",
            "u11@x.com,,,,,,,,,set-licenses");

    UUID job = tenant.upload(csv, "operation=add");

    Map<Long, UserCommand> sent = userCommands(job, 11);
    assertThat(sent.values().stream().map(UserCommand::operation))
        .containsExactly(
            Operation.ADD,
            Operation.ENABLE,
            Operation.ENABLE,
            Operation.SET_PASSWORD,
            Operation.SET,
            Operation.REMOVE,
            Operation.RESTORE,
            Operation.DISABLE,
            Operation.SET_LICENSES,
            Operation.SET_LICENSES,
            Operation.SET_LICENSES);
    assertThat(sent.values().stream().map(UserCommand::parts))
        .containsExactly(USER, USER, BOTH, USER, USER, BOTH, BOTH, BOTH, BOTH, BOTH, USER);
    assertThat(sent.get(1L).active()).isTrue();
    assertThat(sent.get(1L).protectedAccount()).isTrue();
    assertThat(sent.get(1L).properties()).containsEntry("city", "Rome");
    assertThat(sent.get(2L).properties()).isEmpty();
    assertThat(sent.get(3L).sealedPassword()).isNotNull().doesNotContain("Vorn");
    assertThat(sent.get(3L).passwordIsHash()).isFalse();
    assertThat(sent.get(3L).mustChangePassword()).isFalse();
    assertThat(sent.get(4L).sealedPassword()).isNotNull().doesNotContain("argon2id");
    assertThat(sent.get(4L).passwordIsHash()).isTrue();
    assertThat(sent.get(5L).properties()).containsExactly(Map.entry("city", "-"));
    assertThat(sent.get(5L).protectedAccount()).isFalse();
    assertThat(sent.get(9L).licenses()).containsExactly("E3");
    assertThat(sent.get(10L).licenses()).isEmpty();
    assertThat(sent.values().stream().filter(command -> command.licenses() != null)).hasSize(2);

    List<LicenseCommand> seats = licenseCommands(job);
    assertThat(seats).hasSize(1);
    assertThat(seats.get(0).row()).isEqualTo(3);
    assertThat(seats.get(0).action()).isEqualTo(LicenseCommand.Action.TAKE);
    assertThat(seats.get(0).subscriptions()).containsExactly("E3", "VISIO");
    assertThat(seats.get(0).parts()).isEqualTo(BOTH);
  }

  /** As user-service lays it out. */
  private void aKeyForPasswords() throws IOException {
    Path open =
        Path.of(platform.configFor("bulk-ingest-service").get("muster.passwords.public-keys"));
    new PasswordEpochs(platform.folder("private-keys"), open, Clock.systemUTC()).ensure();
  }

  private static Map<Long, UserCommand> userCommands(UUID job, int count)
      throws InterruptedException {
    try (StandInServices services = new StandInServices()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> services.rows(job).size() == count);
      Map<Long, UserCommand> byRow = new TreeMap<>();
      services.commands(job).forEach(command -> byRow.put(command.row(), command));
      return byRow;
    }
  }

  /** All that were sent by the time at which the user commands were. */
  private List<LicenseCommand> licenseCommands(UUID job) throws UnreadableMessage {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            platform.kafkaClient("broker"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.LICENSE_COMMANDS.name()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Awaitility.await("the job's slice is acknowledged")
          .atMost(Duration.ofSeconds(30))
          .until(() -> Long.valueOf(11).equals(tenant.checkpoint(job).get("acked_row")));
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<LicenseCommand> found = new ArrayList<>();
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(200))) {
          LicenseCommand command = Wire.of(Topics.LICENSE_COMMANDS).decode(each.value());
          if (command.jobId().equals(job)) {
            found.add(command);
          }
        }
      }
      return found;
    }
  }
}
