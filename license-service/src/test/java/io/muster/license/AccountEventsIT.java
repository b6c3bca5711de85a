package io.muster.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.event.AccountEvent;
import io.muster.contracts.topic.Headers;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** What the tenant's other systems hear of its users' seats. */
@QuarkusTest
@QuarkusTestResource(LicenseServicePlatform.class)
class AccountEventsIT {
  private static final String ADA = "Ada@contoso.com";

  private final SeatsDatabase database = SeatsDatabase.shared();

  @Test
  void seatsThatMoveAreToldInOrderAndThoseThatStayAreNot() {
    String tenant = database.aTenantWithSeats(9, "E3", "F1", "Visio");
    Commands job = new Commands(tenant, 1);

    OnTheBus.answers(
        List.of(
            job.take(1, ADA, "E3", "F1"),
            job.take(2, ADA, "F1", "Visio"),
            job.take(3, ADA, "E3"),
            job.set(4, ADA, "F1"),
            job.set(5, ADA, "F1"),
            job.release(6, ADA),
            job.release(7, ADA),
            job.restore(8, ADA),
            job.take(9, ADA, "E3")));

    assertThat(words(heard(tenant, 5)))
        .containsExactly(
            "1 LICENSED E3,F1",
            "2 LICENSED Visio",
            "4 LICENSE_RELEASED E3,Visio",
            "6 LICENSE_RELEASED F1",
            "9 LICENSED E3");
  }

  @Test
  void undoneSeatsAndThoseOfAnUndoJobAreToldAndARepeatHasTheSameIds() {
    String tenant = database.aTenantWithSeats(9, "E3", "F1");
    Commands job = new Commands(tenant, 1);
    LicenseCommand take = job.take(1, ADA, "E3");
    LicenseCommand undo = Commands.undo(take);
    LicenseCommand set = job.set(2, ADA, "F1");
    LicenseCommand back = new Commands(tenant, 2).revert(3, set);

    OnTheBus.answers(List.of(take, undo, take, undo, set));
    OnTheBus.answers(List.of(back));

    List<ConsumerRecord<String, byte[]>> heard = heard(tenant, 6);
    assertThat(words(heard))
        .containsExactly(
            "1 LICENSED E3",
            "1 LICENSE_RELEASED E3",
            "1 LICENSED E3",
            "1 LICENSE_RELEASED E3",
            "2 LICENSED F1",
            "3 LICENSE_RELEASED F1");
    assertThat(heard.subList(0, 4))
        .extracting(event -> header(event, Headers.ID))
        .containsExactly(
            job.job() + "/1/LICENSE/licensed",
            job.job() + "/1/LICENSE/license-released/undo",
            job.job() + "/1/LICENSE/licensed",
            job.job() + "/1/LICENSE/license-released/undo");
    assertThat(heard.get(0).key()).isEqualTo(tenant + "/ada@contoso.com");
    assertThat(header(heard.get(0), Headers.TYPE)).isEqualTo("io.muster.account.licensed.v1");
    assertThat(header(heard.get(0), Headers.SOURCE)).isEqualTo("/muster/license-service");
  }

  @Test
  void refusedTriedAndOvertakenSeatsAreNotTold() {
    String tenant = database.aTenantWithSeats(1, "E3");
    Commands job = new Commands(tenant, 2);
    LicenseCommand overtaken = job.take(1, ADA, "E3");

    OnTheBus.answers(
        List.of(
            Commands.undo(overtaken),
            overtaken,
            job.take(2, ADA, "E3", "E9"),
            job.take(3, "bob@contoso.com", "E3"),
            job.take(4, ADA, "E3")));
    OnTheBus.answers(List.of(new Commands(tenant, 1).set(5, ADA)));
    OnTheBus.answers(List.of(Commands.dryRun(tenant, 3).set(6, "bob@contoso.com")));
    OnTheBus.answers(List.of(new Commands(tenant, 4).release(7, "bob@contoso.com")));
    OnTheBus.answers(List.of(new Commands(tenant, 4).take(8, ADA, "E3")));

    assertThat(words(heard(tenant, 3)))
        .containsExactlyInAnyOrder("3 LICENSED E3", "7 LICENSE_RELEASED E3", "8 LICENSED E3");
  }

  /**
   * All events of the tenant so far, once there are as many as wanted; each was acknowledged before
   * the answer to its batch's successor.
   */
  private static List<ConsumerRecord<String, byte[]>> heard(String tenant, int wanted) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            TestPlatform.shared().kafkaClient("broker"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.ACCOUNT_EVENTS.name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<String, byte[]>> heard = new ArrayList<>();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(
                        event -> {
                          if (event.key().startsWith(tenant + "/")) {
                            heard.add(event);
                          }
                        });
                return heard.size() >= wanted;
              });
      return heard;
    }
  }

  private static List<String> words(List<ConsumerRecord<String, byte[]>> events) {
    return events.stream().map(AccountEventsIT::words).toList();
  }

  private static String words(ConsumerRecord<String, byte[]> record) {
    try {
      AccountEvent event = Wire.of(Topics.ACCOUNT_EVENTS).decode(record.value());
      return event.row() + " " + event.type() + " " + String.join(",", event.licenses());
    } catch (UnreadableMessage e) {
      throw new AssertionError("an event isn't what its topic promises", e);
    }
  }

  private static String header(ConsumerRecord<String, byte[]> event, String name) {
    return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
