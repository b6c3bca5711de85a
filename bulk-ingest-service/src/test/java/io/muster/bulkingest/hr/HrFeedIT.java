package io.muster.bulkingest.hr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.Tenant;
import io.muster.bulkingest.hr.order.SettlingHires;
import io.muster.chassis.hr.ReadingHrEvents;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.hr.HrEventType;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import io.muster.sealing.Keysets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What follows from events of HR: rows, names, and what became of each event. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class HrFeedIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject SettlingHires settling;
  @Inject Keysets keysets;

  private HrOfATenant hr;
  private DirectoryStandIn directory;

  @BeforeEach
  void aTenantWithHr() {
    hr = new HrOfATenant("hr").withADomain();
    directory = new DirectoryStandIn(hr.tenant(), settling);
  }

  @AfterEach
  void close() throws InterruptedException {
    directory.close();
    hr.close();
  }

  @Test
  void whoIsHiredChangesAndLeavesHasAnAccountThatDoesTheSame() throws Exception {
    HrEvent hired = example("hr-hired.json");
    HrEvent changed = example("hr-changed.json");
    HrEvent left = example("hr-left.json");

    hr.tell(hired);
    hr.await(hired, "APPLIED");
    await().atMost(PATIENCE).until(() -> "EMPLOYED chris.green@x.com".equals(hr.person("10042")));

    DirectoryStandIn.Account account = directory.account("chris.green@x.com");
    assertThat(account.active()).isTrue();
    assertThat(account.properties())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "employeeId", "10042",
                "displayName", "Chris Green",
                "firstName", "Chris",
                "lastName", "Green",
                "department", "Information Technology",
                "manager", "ada@contoso.com",
                "unit", "Berlin"));
    UserCommand hire = directory.commands().get(0);
    assertThat(hire.create()).isTrue();
    assertThat(hire.generate()).as("no password is made").isFalse();
    assertThat(hire.parts()).as("takes a seat").hasSize(2);

    hr.tell(changed);
    hr.await(changed, "APPLIED");
    await().atMost(PATIENCE).until(() -> "Hamburg".equals(unitOf("chris.green@x.com")));

    hr.tell(left);
    hr.await(left, "APPLIED");
    await().atMost(PATIENCE).until(() -> !directory.account("chris.green@x.com").active());
    assertThat(hr.scheduled("10042"))
        .containsExactly("REMOVE " + LocalDate.now(ZoneOffset.UTC).plusDays(30));
    hr.theDayComes();
    await().atMost(PATIENCE).until(() -> directory.account("chris.green@x.com") == null);
    HrEvent again = at(hr.left("10042", 0), left.time().plusSeconds(1));
    hr.tell(again);
    hr.await(again, "APPLIED NO_ACCOUNT");
    assertThat(directory.commands().stream().map(UserCommand::operation))
        .containsExactly(Operation.ENABLE, Operation.SET, Operation.DISABLE, Operation.REMOVE);
    assertThat(hr.asTenant().jobs()).as("one job of the day").isEqualTo(1);
  }

  private String unitOf(String name) {
    return directory.account(name).properties().get("unit");
  }

  @Test
  void anEventCountsOnceHoweverOftenItComes() {
    HrEvent hired = hr.hired("1", 0, "Ann", "Lee");

    hr.tell(hired, hired, hired);
    hr.await(hired, "APPLIED");
    hr.tell(hired);

    await().atMost(PATIENCE).until(() -> hr.became(hired).size() == 4);
    assertThat(hr.became(hired)).containsExactly("APPLIED", "DUPLICATE", "DUPLICATE", "DUPLICATE");
    assertThat(directory.commands()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void anOlderEventBehindANewerOneChangesNothing() {
    HrEvent changed = hr.changed("1", 9, "Ann", "Lee", "Research");
    HrEvent hired = hr.hired("1", 3, "Ann", "Lee");

    hr.tell(changed, hired);

    hr.await(hired, "STALE OLDER");
    hr.await(changed, "APPLIED");
    await().atMost(PATIENCE).until(() -> "EMPLOYED ann.lee@x.com".equals(hr.person("1")));
    assertThat(directory.account("ann.lee@x.com").properties())
        .containsEntry("department", "Research");
  }

  @Test
  void whereBothHaveASequenceItCountsAndOfTwoWithTheSameTheFirst() {
    HrEvent fifth = numbered(hr.hired("1", 0, "Ann", "Lee"), 5);
    HrEvent fourth = numbered(hr.changed("1", 9, "Ann", "Lee", "Too late"), 4);
    HrEvent sixth = numbered(hr.changed("1", -9, "Ann", "Lee", "Research"), 6);
    HrEvent sixthAgain = numbered(hr.changed("1", 9, "Ann", "Lee", "Too late"), 6);

    hr.tell(fifth, fourth, sixth, sixthAgain);

    hr.await(fourth, "STALE OLDER");
    hr.await(sixth, "APPLIED");
    hr.await(sixthAgain, "STALE OLDER");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                "Research"
                    .equals(directory.account("ann.lee@x.com").properties().get("department")));
  }

  private static HrEvent numbered(HrEvent event, long sequence) {
    HrEvent.Data data = event.data();
    return new HrEvent(
        event.specversion(),
        event.id(),
        event.source(),
        event.type(),
        event.time(),
        null,
        null,
        new HrEvent.Data(
            data.tenant(),
            data.employeeId(),
            data.firstName(),
            data.lastName(),
            data.department(),
            null,
            null,
            null,
            null,
            null,
            null,
            sequence));
  }

  @Test
  void anEventWithoutATimeHappenedWhenItArrivedAndNoLaterThanNow() {
    HrEvent hired = at(hr.hired("1", 0, "Ann", "Lee"), null);
    HrEvent changed = at(hr.changed("1", 0, "Ann", "Lee", "Research"), null);
    HrEvent left = at(hr.left("1", 0), Instant.now().plusSeconds(60));

    hr.tell(hired);
    hr.await(hired, "APPLIED");
    hr.tellAsIf(Instant.now().plus(Duration.ofMinutes(30)), changed);
    hr.await(changed, "APPLIED");
    hr.tell(left);

    hr.await(left, "APPLIED");
  }

  @Test
  void aHireThatIsCutOffWithItsJobIsForgottenAndTheNextEventTriesAgain() {
    directory.hold();
    HrEvent hired = hr.hired("1", 0, "Ann", "Lee");
    HrEvent changed = hr.changed("1", 1, "Ann", "Lee", "Research");
    hr.tell(hired);
    await().atMost(PATIENCE).until(() -> "HIRING ann.lee@x.com".equals(hr.person("1")));

    settling.ended(List.of(hr.cutOff("1")));

    assertThat(hr.person("1")).isEqualTo("REFUSED");
    hr.tell(changed);
    hr.await(changed, "APPLIED");
    assertThat(hr.person("1")).isEqualTo("HIRING ann.lee@x.com");
  }

  @Test
  void eventsThatComeWhileANameIsUncertainWaitForItInOrder() {
    directory.hold();
    HrEvent hired = hr.hired("1", 0, "Ann", "Lee");
    HrEvent changed = hr.changed("1", 1, "Ann", "Lee", "Research");
    HrEvent left = hr.left("1", 2);

    hr.tell(hired, changed, left);

    hr.await(hired, "APPLIED");
    hr.await(changed, "WAITING NAME");
    hr.await(left, "WAITING NAME");
    directory.goOn();
    hr.await(left, "APPLIED");
    await()
        .atMost(PATIENCE)
        .until(
            () -> directory.commands().size() == 3 && !directory.account("ann.lee@x.com").active());
    assertThat(directory.account("ann.lee@x.com").properties())
        .containsEntry("department", "Research");
  }

  @Test
  void namesakesGetTheNextCandidateAndEmployeesKeepTheNameTheirAccountHas() {
    directory.answersTooEarly();
    directory.has("ann.lee@x.com", null);
    directory.has("boss@x.com", "3");

    hr.tell(
        hr.hired("1", 0, "Ann", "Lee"),
        hr.hired("2", 0, "Änn", "Lee"),
        hr.hired("3", 0, "Bo", "Smith"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(Arrays.asList(hr.person("1"), hr.person("2")))
                  .containsExactlyInAnyOrder("EMPLOYED ann.lee2@x.com", "EMPLOYED ann.lee3@x.com");
              assertThat(hr.person("3")).isEqualTo("EMPLOYED boss@x.com");
            });
    assertThat(directory.account("ann.lee@x.com").properties()).isEmpty();
    assertThat(directory.accounts()).doesNotContainKey("bo.smith@x.com");
    assertThat(directory.account("boss@x.com").properties()).containsEntry("lastName", "Smith");
  }

  @Test
  void whatCantBeReadLiesSealedAmongTheDeadLettersAndBlocksNobody() throws Exception {
    HrEvent broken = hr.hired("1", 0, "Ann", "Lee");
    String json =
        new String(ReadingHrEvents.write(broken), StandardCharsets.UTF_8)
            .replace("\"lastName\":\"Lee\"", "\"lastName\":7");
    HrEvent behind = hr.hired("1", 1, "Ann", "Lee");

    hr.tell(broken.key(), json.getBytes(StandardCharsets.UTF_8));
    hr.tell(broken.key(), "no event at all".getBytes(StandardCharsets.UTF_8));
    hr.tell(behind);

    hr.await(behind, "APPLIED");
    assertThat(hr.became(broken)).containsExactly("DEAD BREAKS_THE_SCHEMA");
    ConsumerRecord<byte[], byte[]> letter = letterOf(hr.tenant());
    assertThat(header(letter, DeadLetters.REASON)).isEqualTo("BREAKS_THE_SCHEMA");
    assertThat(header(letter, DeadLetters.FIELD)).isEqualTo("data.lastName");
    assertThat(new String(letter.value(), StandardCharsets.ISO_8859_1)).doesNotContain("Ann");
    assertThat(letter.headers())
        .as("reason, place, field and tenant, and nothing of a person")
        .allSatisfy(
            each ->
                assertThat(new String(each.value(), StandardCharsets.UTF_8))
                    .doesNotContain("Ann", "Sales"));
    byte[] opened =
        keysets
            .bytes()
            .open(
                letter.value(),
                DeadLetters.sealedFor(hr.tenant(), header(letter, DeadLetters.PLACE)));
    assertThat(new String(opened, StandardCharsets.UTF_8)).isEqualTo(json);

    // Mended, it counts under the same name.
    hr.tell(
        new HrEvent(
            "1.0",
            broken.id(),
            broken.source(),
            HrEventType.CHANGED.word(),
            behind.time().plusSeconds(60),
            null,
            null,
            broken.data()));
    await()
        .atMost(PATIENCE)
        .until(() -> hr.became(broken).equals(List.of("DEAD BREAKS_THE_SCHEMA", "APPLIED")));
  }

  @Test
  void anEventOfAClockThatIsFarAheadIsDeadAndSilencesNobody() throws Exception {
    HrEvent hired = at(hr.hired("1", 0, "Ann", "Lee"), Instant.now().plus(Duration.ofDays(400)));
    HrEvent near = at(hr.hired("1", 0, "Ann", "Lee"), Instant.now().minus(Duration.ofHours(1)));
    HrEvent ahead = at(hr.left("1", 0), Instant.now().plus(Duration.ofHours(25)));
    HrEvent left = at(hr.left("1", 0), Instant.now());

    hr.tell(hired, near, ahead);
    hr.await(near, "APPLIED");
    hr.tell(left);

    hr.await(left, "APPLIED");
    assertThat(hr.became(hired)).containsExactly("DEAD TOO_FAR_AHEAD");
    assertThat(hr.became(ahead)).containsExactly("DEAD TOO_FAR_AHEAD");
    ConsumerRecord<byte[], byte[]> letter = letterOf(hr.tenant());
    assertThat(header(letter, DeadLetters.REASON)).isEqualTo("TOO_FAR_AHEAD");
    assertThat(header(letter, DeadLetters.FIELD)).isEqualTo("time");
    // Its name is free: sent again with the right time, it counts.
    hr.tell(at(ahead, Instant.now()));
    await()
        .atMost(PATIENCE)
        .until(
            () -> hr.became(ahead).equals(List.of("DEAD TOO_FAR_AHEAD", "APPLIED WAS_DISABLED")));
  }

  private static HrEvent at(HrEvent event, Instant time) {
    return new HrEvent(
        event.specversion(),
        event.id(),
        event.source(),
        event.type(),
        time,
        null,
        null,
        event.data());
  }

  @Test
  void binaryModeIsReadAsWell() {
    HrEvent hired = hr.hired("1", 0, "Ann", "Lee");

    hr.tellInBinaryMode(
        hired, "{\"tenant\":\"" + hr.tenant() + "\",\"employeeId\":\"1\",\"lastName\":\"Lee\"}");

    hr.await(hired, "APPLIED");
    await().atMost(PATIENCE).until(() -> "EMPLOYED lee@x.com".equals(hr.person("1")));
  }

  @Test
  void withoutADomainAHireIsDeadAndCountsOnceThereIsOne() {
    try (HrOfATenant other = new HrOfATenant("no-domain")) {
      HrEvent hired = other.hired("1", 0, "Ann", "Lee");
      other.tell(hired);
      other.await(hired, "DEAD NO_DOMAIN");
      assertThat(other.person("1")).isNull();

      Tenant.change(
          "UPDATE tenant SET domains = ARRAY['y.com'] WHERE tenant_id = ?", other.tenant());
      other.tell(hired);

      await()
          .atMost(PATIENCE)
          .until(() -> other.became(hired).equals(List.of("DEAD NO_DOMAIN", "APPLIED")));
      assertThat(other.person("1")).isEqualTo("HIRING ann.lee@y.com");
    }
  }

  @Test
  void licensesThatChangeAreSetExactly() {
    hr.tell(
        hr.event(
            HrEventType.HIRED,
            "1",
            0,
            hr.data("1", "Ann", "Lee", null, null, null, List.of("E3"), null)),
        hr.event(
            HrEventType.CHANGED,
            "1",
            1,
            hr.data("1", "Ann", "Lee", null, null, null, List.of("E3"), null)),
        hr.event(
            HrEventType.CHANGED,
            "1",
            2,
            hr.data("1", "Ann", "Lee", null, null, null, List.of("E5", "VISIO"), null)));

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                directory.commands().stream()
                    .anyMatch(c -> c.operation() == Operation.SET_LICENSES));
    assertThat(directory.commands().stream().map(UserCommand::operation))
        .containsExactly(Operation.ENABLE, Operation.SET, Operation.SET, Operation.SET_LICENSES);
    assertThat(directory.commands().get(3).licenses()).containsExactly("E5", "VISIO");
  }

  private HrEvent example(String file) throws Exception {
    try (InputStream json = HrEvent.class.getResourceAsStream("/examples/" + file)) {
      String mine =
          new String(json.readAllBytes(), StandardCharsets.UTF_8)
              .replace("\"tenant\": \"contoso\"", "\"tenant\": \"" + hr.tenant() + "\"");
      return new ReadingHrEvents().structured(mine.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static ConsumerRecord<byte[], byte[]> letterOf(String tenant) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            new HashMap<>(TestPlatform.shared().kafkaClient("broker")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(Topics.HR_EVENTS.deadLetters(), 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).get(partitions.get(0));
      while (consumer.position(partitions.get(0)) < end) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(100))) {
          if (tenant.equals(header(each, DeadLetters.TENANT))) {
            return each;
          }
        }
      }
    }
    throw new AssertionError("no dead letter of this tenant");
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
  }
}
