package io.muster.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import io.muster.gateway.Jobs;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant STARTED = Instant.parse("2026-02-03T04:05:07Z");

  @Test
  void aRunningJobIsExpectedToGoOnAsItDid() {
    JobView view = running(1000, 400, STARTED.plusSeconds(4));

    Pace pace = Pace.of(view, RowNumbers.of(view), STARTED.plusSeconds(5));

    assertThat(pace.rowsPerSecond()).isEqualTo(100.0);
    assertThat(pace.expectedFinish()).isEqualTo(STARTED.plusSeconds(11));
  }

  @Test
  void beforeTheFirstResultThePaceIsWhatTheSubmissionSaid() {
    JobView view = running(1000, 0, null);

    Pace pace = Pace.of(view, RowNumbers.of(view), STARTED.plusSeconds(1));

    assertThat(pace.rowsPerSecond()).isNull();
    assertThat(pace.expectedFinish()).isEqualTo(STARTED.plusSeconds(3));
  }

  @Test
  void aJobThatIsToStartLaterIsExpectedToEndAfterThat() {
    Instant startAt = STARTED.plusSeconds(3600);
    JobSnapshot waiting =
        Jobs.changed(
            Jobs.snapshot(
                Jobs.newId(),
                1,
                "contoso",
                "ada@contoso.com",
                JobState.QUEUED,
                1000,
                Map.of(),
                0,
                0),
            change -> change.startAt = startAt);
    JobView view = JobView.fresh(waiting);

    Pace pace = Pace.of(view, RowNumbers.of(view), STARTED);

    assertThat(pace.expectedFinish()).isEqualTo(startAt.plus(waiting.expectedDuration()));
  }

  @Test
  void clocksThatDisagreeTellNoPace() {
    JobView view = running(1000, 400, STARTED.minusSeconds(1));

    assertThat(Pace.of(view, RowNumbers.of(view), STARTED).rowsPerSecond()).isNull();
  }

  private static JobView running(long total, long succeeded, Instant lastResultAt) {
    JobSnapshot job =
        Jobs.snapshot(
            Jobs.newId(),
            2,
            "contoso",
            "ada@contoso.com",
            JobState.RUNNING,
            total,
            Map.of(),
            total,
            total);
    return new JobView(job, true, succeeded, 0, Map.of(), lastResultAt, 1, null);
  }
}
