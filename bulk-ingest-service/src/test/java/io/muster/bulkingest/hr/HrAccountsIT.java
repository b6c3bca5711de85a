package io.muster.bulkingest.hr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.hr.order.SettlingHires;
import io.muster.chassis.hr.ReadingHrEvents;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.hr.HrEventType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events about people whom HR never announced, and who have an account all the same. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class HrAccountsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject SettlingHires settling;

  private HrOfATenant hr;
  private DirectoryStandIn directory;

  @BeforeEach
  void aTenantWhosePeopleCameByFile() {
    hr = new HrOfATenant("accounts");
    directory = new DirectoryStandIn(hr.tenant(), settling);
    directory.has("boss@y.org", "1", true, Map.of("department", "Board"));
    directory.has("asleep@y.org", "2", false, Map.of());
  }

  @AfterEach
  void close() throws InterruptedException {
    directory.close();
    hr.close();
  }

  @Test
  void whoLeavesIsDisabledAndRemovedLater() {
    HrEvent left = hr.left("1", 0);

    hr.tell(left);

    hr.await(left, "APPLIED");
    await().atMost(PATIENCE).until(() -> !directory.account("boss@y.org").active());
    assertThat(hr.person("1")).isEqualTo("LEFT boss@y.org");
    assertThat(hr.scheduled("1"))
        .containsExactly("REMOVE " + LocalDate.now(ZoneOffset.UTC).plusDays(30));
    hr.theDayComes();
    await().atMost(PATIENCE).until(() -> directory.account("boss@y.org") == null);
    assertThat(operations()).containsExactly(Operation.DISABLE, Operation.REMOVE);
  }

  @Test
  void whoLeavesOnALaterDayIsRecognisedAndDisabledThen() {
    LocalDate nextMonth = LocalDate.now(ZoneOffset.UTC).plusDays(30);
    HrEvent left =
        hr.event(
            HrEventType.LEFT, "1", 0, hr.data("1", null, null, null, null, nextMonth, null, null));
    hr.tell(left);
    hr.await(left, "WAITING DATE");
    assertThat(directory.commands()).isEmpty();

    hr.theDayComes();

    hr.await(left, "APPLIED");
    await().atMost(PATIENCE).until(() -> !directory.account("boss@y.org").active());
  }

  @Test
  void anAccountThatCameAfterTheNoticeIsFoundWhenItsDayComes() {
    LocalDate nextMonth = LocalDate.now(ZoneOffset.UTC).plusDays(30);
    HrEvent left =
        hr.event(
            HrEventType.LEFT, "7", 0, hr.data("7", null, null, null, null, nextMonth, null, null));
    hr.tell(left);
    hr.await(left, "WAITING DATE");
    directory.has("late@y.org", "7");

    hr.theDayComes();

    hr.await(left, "APPLIED");
    await().atMost(PATIENCE).until(() -> !directory.account("late@y.org").active());
  }

  @Test
  void whoChangesIsChangedUnderTheirAccountsName() {
    HrEvent changed = hr.changed("1", 0, "Bo", "Smith", "Research");
    HrEvent none =
        hr.event(
            HrEventType.CHANGED,
            "1",
            1,
            hr.data("1", null, null, null, null, null, List.of(), null));

    hr.tell(changed, none);

    hr.await(changed, "APPLIED");
    hr.await(none, "APPLIED");
    await().atMost(PATIENCE).until(() -> directory.commands().size() == 2);
    assertThat(directory.account("boss@y.org").properties())
        .containsEntry("department", "Research")
        .containsEntry("lastName", "Smith");
    assertThat(operations())
        .as("seats that it has from elsewhere are set exactly")
        .containsExactly(Operation.SET, Operation.SET_LICENSES);
    assertThat(hr.person("1")).isEqualTo("EMPLOYED boss@y.org");
  }

  @Test
  void whoIsHiredGetsTheAccountThatIsThereAtOnceAndWithoutADomain() {
    HrEvent hired = hr.hired("1", 0, "Bo", "Smith");
    HrEvent changed = hr.changed("2", 0, "Al", "Sleep", "Sales");

    hr.tell(hired, changed);

    hr.await(hired, "APPLIED");
    hr.await(changed, "APPLIED");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                "EMPLOYED boss@y.org".equals(hr.person("1"))
                    && "EMPLOYED asleep@y.org".equals(hr.person("2")));
    assertThat(directory.account("boss@y.org").properties()).containsEntry("lastName", "Smith");
    assertThat(directory.account("asleep@y.org").active())
        .as("a change that overtakes its hire is one, or the order would matter")
        .isTrue();
    assertThat(directory.commands()).as("no row is refused first").hasSize(2);
  }

  @Test
  void whoWasDisabledBeforeLeavesWithoutCountingForTheValve() {
    HrEvent left = hr.left("2", 0);

    hr.tell(left);

    hr.await(left, "APPLIED WAS_DISABLED");
    await().atMost(PATIENCE).until(() -> operations().equals(List.of(Operation.DISABLE)));
  }

  @Test
  void whoHasNoAccountIsRememberedAndAnOlderEventIsStillStale() {
    HrEvent left = hr.left("9", 5);
    HrEvent older = hr.hired("9", 4, "No", "Body");

    hr.tell(left, older);

    hr.await(left, "APPLIED NO_ACCOUNT");
    hr.await(older, "STALE OLDER");
    assertThat(directory.commands()).isEmpty();
  }

  @Test
  void aHireThatWasRefusedAndMadeByHandIsLearntOf() {
    HrOfATenant withDomain = hr.withADomain();
    directory.refuses("new@x.com");
    HrEvent hired = withDomain.hired("5", 0, null, "New");
    hr.tell(hired);
    await().atMost(PATIENCE).until(() -> "REFUSED new@x.com".equals(hr.person("5")));
    directory.has("by.hand@y.org", "5");
    HrEvent left = hr.left("5", 1);

    hr.tell(left);

    hr.await(left, "APPLIED");
    await().atMost(PATIENCE).until(() -> !directory.account("by.hand@y.org").active());
  }

  @Test
  void whileNobodyCanBeAskedEventsWaitAndNoneIsLost() {
    directory.isAway(true);
    HrEvent left = hr.left("1", 0);
    HrEvent hired = hr.hired("2", 0, "Al", "Sleep");

    hr.tell(left, hired);

    await("questions that fail").atMost(PATIENCE).until(() -> directory.refused() > 1);
    assertThat(hr.became(left)).isEmpty();
    directory.isAway(false);
    hr.await(left, "APPLIED");
    hr.await(hired, "APPLIED");
    await().atMost(PATIENCE).until(() -> !directory.account("boss@y.org").active());
    assertThat(hr.became(left)).containsExactly("APPLIED");
  }

  @Test
  void manyAreAskedForAtOnceAndTheNextTimeNobody() {
    List<HrEvent> events =
        new ArrayList<>(
            IntStream.range(100, 400)
                .mapToObj(
                    i -> {
                      directory.has("u" + i + "@y.org", "e" + i);
                      return hr.changed("e" + i, 0, "A", "B", "Sales");
                    })
                .toList());
    hr.tell(events);
    hr.await(events.get(events.size() - 1), "APPLIED");
    await().atMost(PATIENCE).until(() -> hr.dispositions().equals(Map.of("APPLIED", 300L)));
    int asked = directory.questions();
    assertThat(asked).as("one question for a batch").isLessThan(60);

    hr.tell(IntStream.range(100, 400).mapToObj(i -> hr.left("e" + i, 1)).limit(3).toList());

    await().atMost(PATIENCE).until(() -> hr.dispositions().get("APPLIED") == 303L);
    assertThat(directory.questions()).as("they have a name now").isEqualTo(asked);
  }

  @Test
  void theValveGoesByActiveAccountsWhoeverMadeThem() {
    IntStream.range(0, 19).forEach(i -> directory.has("u" + i + "@y.org", "e" + i));
    IntStream.range(0, 5).forEach(i -> directory.has("d" + i + "@y.org", "d" + i, false, Map.of()));
    List<HrEvent> harmless = IntStream.range(0, 5).mapToObj(i -> hr.left("d" + i, 0)).toList();
    hr.tell(harmless);
    harmless.forEach(event -> hr.await(event, "APPLIED WAS_DISABLED"));

    hr.tell(IntStream.range(0, 6).mapToObj(i -> hr.left("e" + i, 0)).toList());

    await().atMost(PATIENCE).until(() -> hr.dispositions().getOrDefault("WAITING", 0L) == 2L);
    assertThat(hr.dispositions())
        .as("four of the active, and those who were disabled before")
        .containsEntry("APPLIED", 9L);
    hr.asTenant()
        .admin()
        .get("/v1/hr/feed")
        .then()
        .statusCode(200)
        .body("state", equalTo("PAUSED"))
        .body("reason", containsString("4 of the 20 active accounts"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                directory.accounts().values().stream()
                        .filter(DirectoryStandIn.Account::active)
                        .count()
                    == 16);
  }

  @Test
  void anAnswerThatComesLateKeepsNoTransactionOpen() {
    directory.answersLate();
    HrEvent left = hr.left("1", 0);

    hr.tell(left);

    await("a question").atMost(PATIENCE).until(() -> directory.questions() == 1);
    String now = HrOfATenant.list("SELECT now()::text").get(0);
    // Less than the question may take: then its transaction would be over as well.
    await("nothing that was begun by then goes on")
        .atMost(Duration.ofSeconds(5))
        .until(
            () ->
                HrOfATenant.list(
                        "SELECT pid::text FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND usename <> current_user AND xact_start < ?::timestamptz",
                        now)
                    .isEmpty());
    assertThat(hr.became(left)).isEmpty();
    assertThat(directory.questions()).as("it is still asked").isEqualTo(1);
    directory.answersNow();
    hr.await(left, "APPLIED");
  }

  @Test
  void whoGetsANameWhileTheyAreAskedAboutKeepsIt() {
    directory.answersLate();
    directory.has("known@y.org", "1's name by another event");
    HrEvent changed = hr.changed("1", 0, "Bo", "Smith", "Research");
    hr.tell(changed);
    await("a question").atMost(PATIENCE).until(() -> directory.questions() == 1);

    hr.hasHeardOf("1", "EMPLOYED", "known@y.org");
    directory.answersNow();

    hr.await(changed, "APPLIED");
    await().atMost(PATIENCE).until(() -> directory.commands().size() == 1);
    assertThat(directory.commands().get(0).userPrincipalName()).isEqualTo("known@y.org");
    assertThat(hr.person("1")).isEqualTo("EMPLOYED known@y.org");
    assertThat(directory.questions()).isEqualTo(1);
  }

  @Test
  void whoIsDecidedAboutWhileTheyAreAskedAboutIsAskedAboutAgain() {
    directory.answersLate();
    HrEvent changed = hr.changed("1", 0, "Bo", "Smith", "Research");
    hr.tell(changed);
    await("a question").atMost(PATIENCE).until(() -> directory.questions() == 1);

    hr.hasHeardOf("1", "EXPECTED", null);
    directory.loses("boss@y.org");
    directory.has("other@y.org", "1");
    directory.answersNow();

    hr.await(changed, "APPLIED");
    await().atMost(PATIENCE).until(() -> directory.commands().size() == 1);
    assertThat(directory.commands().get(0).userPrincipalName()).isEqualTo("other@y.org");
    assertThat(hr.person("1")).isEqualTo("EMPLOYED other@y.org");
    assertThat(hr.became(changed)).containsExactly("APPLIED");
    assertThat(directory.questions()).isEqualTo(2);
  }

  @Test
  void whoComesBackWhileOthersAreAskedAboutStillCountsForTheValve() {
    hr.hasHeardOf("1", "LEFT", "boss@y.org");
    directory.answersLate();
    HrEvent left = hr.left("1", 0);
    HrEvent unknown = hr.event(HrEventType.CHANGED, "9", 0, hr.data("9", null, null, "Sales"));
    // Under one key: in one batch.
    hr.tell("batch", ReadingHrEvents.write(left));
    hr.tell("batch", ReadingHrEvents.write(unknown));
    hr.flush();
    await("a question").atMost(PATIENCE).until(() -> directory.questions() == 1);

    hr.hasHeardOf("1", "EMPLOYED", "boss@y.org");
    directory.answersNow();

    hr.await(left, "APPLIED");
    hr.await(unknown, "APPLIED NO_ACCOUNT");
    assertThat(
            HrOfATenant.list("SELECT measured::text FROM hr_feed WHERE tenant_id = ?", hr.tenant()))
        .containsExactly("1");
  }

  private List<Operation> operations() {
    return directory.commands().stream().map(UserCommand::operation).toList();
  }
}
