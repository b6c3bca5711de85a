package io.muster.license;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LicenseServicePlatform.class)
class LicenseServiceIT {
  private final TestPlatform platform = TestPlatform.shared();
  private final UUID job = UuidCreator.getTimeOrderedEpoch();

  @Test
  void everyCommandIsRefusedWithAReasonUntilSubscriptionsCanBeSetUp() {
    try (KafkaConsumer<String, byte[]> results = results()) {
      send(new Actor("ada", Set.of("tenant-admin"), Set.of()));

      RowResult answer = answer(results);

      assertThat(answer.part()).isEqualTo(Part.LICENSE);
      assertThat(answer.outcome()).isEqualTo(PartOutcome.REJECTED);
      assertThat(answer.code()).isEqualTo(RowCode.OPERATION_NOT_ALLOWED);
      assertThat(answer.detail()).isNotBlank();
      assertThat(answer.parts()).containsExactlyInAnyOrder(Part.USER, Part.LICENSE);
      assertThat(get("/q/metrics").asString()).contains("muster_inbox_commands_total");
    }
  }

  @Test
  void itIsHealthy() {
    await().atMost(Duration.ofSeconds(20)).until(() -> get("/q/health").statusCode() == 200);
  }

  @Test
  void theDatabaseItselfKeepsMoreSeatsFromBeingAssignedThanBought() throws SQLException {
    try (Connection service = platform.as("license_service_app", "license-service");
        Statement statement = service.createStatement()) {
      service.setAutoCommit(false);
      statement.execute("SELECT set_config('muster.tenants', 'contoso', true)");
      statement.execute(
          "INSERT INTO subscription VALUES ('contoso', 'E3', 'Office', 2, 2, now(), now())");

      assertThatThrownBy(
              () ->
                  statement.execute("UPDATE subscription SET assigned_seats = assigned_seats + 1"))
          .hasMessageContaining("no_more_assigned_than_bought");
      service.rollback();
    }
  }

  private void send(Actor actor) {
    LicenseCommand command =
        new LicenseCommand(
            "contoso",
            job,
            1,
            new Stamp(1, 1),
            Action.TAKE,
            List.of("E3"),
            "ada@contoso.com",
            null,
            actor,
            Set.of(Part.USER, Part.LICENSE),
            null,
            false);
    Records records = new Records("bulk-ingest-service", "license-command");
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            platform.kafkaClient("broker"), new StringSerializer(), new ByteArraySerializer())) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  Topics.LICENSE_COMMANDS.name(),
                  null,
                  Topics.licenseKey("contoso"),
                  Wire.of(Topics.LICENSE_COMMANDS).encode(command),
                  records.headers(Records.commandId(job, 1), null)));
    }
  }

  private KafkaConsumer<String, byte[]> results() {
    Map<String, Object> broker = platform.kafkaClient("broker");
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.ROW_RESULTS.name()).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private RowResult answer(KafkaConsumer<String, byte[]> results) {
    List<RowResult> found = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              for (ConsumerRecord<String, byte[]> result : results.poll(Duration.ofMillis(200))) {
                if (result.key().startsWith(job.toString())) {
                  found.add(read(result.value()));
                }
              }
              return !found.isEmpty();
            });
    return found.get(0);
  }

  private static RowResult read(byte[] value) throws UnreadableMessage {
    return Wire.of(Topics.ROW_RESULTS).decode(value);
  }
}
