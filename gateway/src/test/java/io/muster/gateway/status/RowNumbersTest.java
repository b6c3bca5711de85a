package io.muster.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.Jobs;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class RowNumbersTest {
  /** Snapshot and counts come by different ways, so each may be ahead of the other. */
  @Property(tries = 1000)
  void totalIsTheSumOfTheOthersAndNoneIsNegativeWhicheverCameFirst(
      @ForAll @LongRange(max = 50) long refused,
      @ForAll @LongRange(max = 50) long onTheBus,
      @ForAll @LongRange(max = 50) long dispatched,
      @ForAll @LongRange(max = 50) long succeeded,
      @ForAll @LongRange(max = 50) long failed) {
    long total = refused + onTheBus;
    long sent = Math.min(dispatched, onTheBus);
    long done = Math.min(succeeded, onTheBus);
    long lost = Math.min(failed, onTheBus - done);
    JobView view = view(total, refused, sent, done, lost);

    RowNumbers rows = RowNumbers.of(view);

    assertThat(
            rows.pending() + rows.inFlight() + rows.succeeded() + rows.failed() + rows.cancelled())
        .isEqualTo(rows.total());
    assertThat(rows.total()).isEqualTo(total);
    assertThat(rows.pending()).isNotNegative();
    assertThat(rows.inFlight()).isNotNegative();
    assertThat(rows.succeeded()).isEqualTo(done);
    assertThat(rows.failed()).isEqualTo(refused + lost);
  }

  @Example
  void rowsThatAreOutAndHaveNoEndAreInFlight() {
    RowNumbers rows = RowNumbers.of(view(1000, 10, 700, 600, 40));

    assertThat(rows).isEqualTo(new RowNumbers(1000, 290, 60, 600, 50, 0));
  }

  /** Of a job that grows, its next snapshot brings them. */
  @Example
  void rowsThatCameBackBeforeTheSnapshotThatTellsOfThemAreInTheTotal() {
    RowNumbers rows = RowNumbers.of(view(10, 0, 10, 12, 1));

    assertThat(rows).isEqualTo(new RowNumbers(13, 0, 0, 12, 1, 0));
  }

  private static JobView view(
      long total, long refused, long dispatched, long succeeded, long failed) {
    JobSnapshot job =
        Jobs.snapshot(
            Jobs.newId(),
            3,
            "contoso",
            "ada@contoso.com",
            JobState.RUNNING,
            total,
            Map.of(RowCode.MISSING_VALUE, refused),
            dispatched + refused,
            dispatched);
    return new JobView(job, true, succeeded, failed, Map.of(), null, 1, null);
  }
}
