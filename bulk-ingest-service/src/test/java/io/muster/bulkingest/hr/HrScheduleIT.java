package io.muster.bulkingest.hr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.hr.order.SettlingHires;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** First days, last days and removals wait for their day, unless something newer comes before. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class HrScheduleIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
  private static final LocalDate NEXT_MONTH = TODAY.plusDays(30);

  @Inject SettlingHires settling;

  private HrOfATenant hr;
  private DirectoryStandIn directory;

  @BeforeEach
  void aTenantWithHr() {
    hr = new HrOfATenant("schedule").withADomain();
    directory = new DirectoryStandIn(hr.tenant(), settling);
  }

  @AfterEach
  void close() throws InterruptedException {
    directory.close();
    hr.close();
  }

  @Test
  void aFirstDayThatIsToComeIsWaitedForWithWhatChangesUntilThen() {
    HrEvent hired = hiredOn(NEXT_MONTH, 0);
    HrEvent changed = hr.event(HrEventType.CHANGED, "1", 1, hr.data("1", null, null, "Research"));

    hr.tell(hired);
    hr.await(hired, "WAITING DATE");
    assertThat(hr.scheduled("1")).containsExactly("HIRE " + NEXT_MONTH);
    assertThat(hr.person("1")).isEqualTo("EXPECTED");
    hr.tell(changed);
    hr.await(changed, "WAITING DATE");
    assertThat(hr.became(hired)).containsExactly("STALE OVERTAKEN");
    hr.theDayComes();

    hr.await(changed, "APPLIED");
    await().atMost(PATIENCE).until(() -> "EMPLOYED ann.lee@x.com".equals(hr.person("1")));
    assertThat(directory.account("ann.lee@x.com").properties())
        .containsEntry("department", "Research");
    assertThat(hr.scheduled("1")).isEmpty();
  }

  @Test
  void whoLeavesBeforeTheirFirstDayNeverHasAnAccount() {
    HrEvent hired = hiredOn(NEXT_MONTH, 0);
    HrEvent left = hr.left("1", 1);

    hr.tell(hired, left);

    hr.await(left, "APPLIED NO_ACCOUNT");
    hr.await(hired, "STALE OVERTAKEN");
    assertThat(hr.scheduled("1")).isEmpty();
    assertThat(directory.commands()).isEmpty();
  }

  @Test
  void aLastDayThatIsToComeIsWaitedForAndNoChangeCallsItOff() {
    HrEvent left = leftOn(NEXT_MONTH, 1);
    HrEvent changed = hr.changed("1", 2, "Ann", "Lee", "Research");

    hr.tell(hr.hired("1", 0, "Ann", "Lee"), left, changed);
    hr.await(changed, "APPLIED");
    hr.await(left, "WAITING DATE");
    assertThat(hr.scheduled("1")).containsExactly("LEAVE " + NEXT_MONTH.plusDays(1));
    assertThat(directory.account("ann.lee@x.com").active()).isTrue();
    hr.theDayComes();

    hr.await(left, "APPLIED");
    await().atMost(PATIENCE).until(() -> !directory.account("ann.lee@x.com").active());
    assertThat(hr.scheduled("1")).containsExactly("REMOVE " + NEXT_MONTH);
  }

  @Test
  void whoComesBackIsNotRemoved() {
    HrEvent left = hr.left("1", 1);
    HrEvent back = hr.hired("1", 2, "Ann", "Lee");

    hr.tell(hr.hired("1", 0, "Ann", "Lee"), left);
    hr.await(left, "APPLIED");
    assertThat(hr.scheduled("1")).hasSize(1);
    hr.tell(back);
    hr.await(back, "APPLIED");

    await().atMost(PATIENCE).until(() -> "EMPLOYED ann.lee@x.com".equals(hr.person("1")));
    assertThat(hr.scheduled("1")).isEmpty();
    assertThat(directory.account("ann.lee@x.com").active()).isTrue();
    assertThat(directory.commands().stream().map(UserCommand::operation))
        .containsExactly(Operation.ENABLE, Operation.DISABLE, Operation.ENABLE);
  }

  @Test
  void whoIsHiredAgainBeforeTheirLastDayStays() {
    HrEvent left = leftOn(NEXT_MONTH, 1);
    HrEvent again = hr.hired("1", 2, "Ann", "Lee");

    hr.tell(hr.hired("1", 0, "Ann", "Lee"), left);
    hr.await(left, "WAITING DATE");
    hr.tell(again);

    hr.await(again, "APPLIED");
    hr.await(left, "STALE OVERTAKEN");
    assertThat(hr.scheduled("1")).isEmpty();
  }

  @Test
  void whoseLastDayIsBeforeTheirFirstIsNotHired() {
    HrEvent hired = hiredOn(NEXT_MONTH, 0);
    HrEvent left = leftOn(NEXT_MONTH.minusDays(9), 1);

    hr.tell(hired, left);

    hr.await(left, "WAITING DATE");
    hr.await(hired, "STALE OVERTAKEN");
    assertThat(hr.scheduled("1")).containsExactly("LEAVE " + NEXT_MONTH.minusDays(8));
  }

  private HrEvent leftOn(LocalDate day, int minute) {
    return hr.event(
        HrEventType.LEFT, "1", minute, hr.data("1", null, null, null, null, day, null, null));
  }

  private HrEvent hiredOn(LocalDate day, int minute) {
    return hr.event(
        HrEventType.HIRED, "1", minute, hr.data("1", "Ann", "Lee", "Sales", day, null, null, null));
  }
}
