package io.muster.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSnapshot.Notice;
import io.muster.contracts.job.JobState;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.Jobs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeatNoticesTest {
  private static final Notice OWN = new Notice("LICENSES_IGNORED", 3, "add takes no seats");
  private static final JobSnapshot JOB =
      Jobs.changed(
          Jobs.in(Jobs.queued(Jobs.newId(), "contoso", "ada", 500), JobState.PARTIALLY_FAILED),
          change -> {
            change.dryRun = true;
            change.notices = List.of(OWN);
          });

  @Test
  void eachSubscriptionIsToldBehindTheJobsOwnNotices() {
    assertThat(
            notices(
                Map.of(RowCode.NO_SEATS_LEFT, 32L),
                List.of(new SeatNeed("E3", 412, 380), new SeatNeed("VISIO", 1, 5))))
        .containsExactly(
            OWN,
            new Notice("SEATS_NEEDED", 412, "This file needs 412 seats of E3, 380 are free."),
            new Notice("SEATS_NEEDED", 1, "This file needs 1 seat of VISIO, 5 are free."));
  }

  @Test
  void rowsThatAreDoomedAnywayMayHoldTheLastSeat() {
    List<Notice> notices =
        notices(
            Map.of(RowCode.NO_SEATS_LEFT, 32L, RowCode.USER_NOT_FOUND, 7L),
            List.of(new SeatNeed("E3", 412, 380)));

    assertThat(notices).hasSize(3);
    assertThat(notices.get(2).code()).isEqualTo("SEATS_MAY_DIFFER");
    assertThat(notices.get(2).rows()).isEqualTo(7);
  }

  @Test
  void noDoomedRowTakesASeatFromAnybodyWhileThereAreEnough() {
    assertThat(notices(Map.of(RowCode.USER_NOT_FOUND, 7L), List.of(new SeatNeed("E3", 412, 419))))
        .extracting(Notice::code)
        .containsExactly("LICENSES_IGNORED", "SEATS_NEEDED");
    assertThat(notices(Map.of(RowCode.USER_NOT_FOUND, 7L), List.of(new SeatNeed("E3", 412, 418))))
        .extracting(Notice::code)
        .contains("SEATS_MAY_DIFFER");
  }

  @Test
  void withoutAnAnswerThereIsNothingToTell() {
    assertThat(notices(Map.of(RowCode.USER_NOT_FOUND, 7L), null)).containsExactly(OWN);
  }

  private static List<Notice> notices(Map<RowCode, Long> failures, List<SeatNeed> seats) {
    return SeatNotices.behind(new JobView(JOB, true, 400, 39, failures, null, 1, seats));
  }
}
