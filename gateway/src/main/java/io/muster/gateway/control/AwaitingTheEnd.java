package io.muster.gateway.control;

import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.gateway.status.JobView;
import io.muster.gateway.track.AwaitedJobs;
import io.muster.gateway.track.job.JobKey;
import io.muster.gateway.track.report.ProgressReports;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A job ends a moment after its last row: its owner has to hear of that first, of a single call's
 * up to a second later, since nobody is in a hurry then. Whoever has the row's answer and wants it
 * undone is, so the end is asked for and waited for instead of being refused. Why so: {@code
 * docs/decisions/0036-what-a-single-call-costs.md}.
 */
@ApplicationScoped
class AwaitingTheEnd {
  /** Far more than it takes: beyond it something is wrong, and the refusal says what is known. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Another instance of the gateway may hear of the end. */
  private static final long LOOK_EVERY_MILLIS = 100;

  private final AwaitedJobs awaited;
  private final ProgressReports reports;
  private final Clock clock;

  AwaitingTheEnd(AwaitedJobs awaited, ProgressReports reports, Clock clock) {
    this.awaited = awaited;
    this.reports = reports;
    this.clock = clock;
  }

  /**
   * Blocks while the end is due. Returns at once for a job that is final or has rows to come.
   *
   * @param look finds the job anew
   * @return as seen last
   */
  JobView await(JobView view, Supplier<JobView> look) {
    if (!isDue(view)) {
      return view;
    }
    JobKey job = new JobKey(view.job().tenant(), view.job().id());
    Instant until = clock.instant().plus(PATIENCE);
    try (AwaitedJobs.Wait wait = awaited.listen(job.jobId())) {
      reports.atOnce(Set.of(job));
      JobView seen = look.get();
      while (isDue(seen) && clock.instant().isBefore(until)) {
        wait.forAtMost(LOOK_EVERY_MILLIS);
        seen = look.get();
      }
      return seen;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return view;
    }
  }

  /** All rows have ended, and the job hasn't. A job of HR waits for more rows. */
  private static boolean isDue(JobView view) {
    JobSnapshot job = view.job();
    return !job.state().isFinal()
        && job.source() != JobSource.HR
        && view.ended() + job.refusedRows() + job.cancelled() >= job.total();
  }
}
