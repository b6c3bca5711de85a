package io.muster.bulkingest.control;

import io.muster.bulkingest.closing.DiscardingSpools;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.JobSight;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.RequestCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/**
 * Closes final jobs when somebody asks: the rows go for good, and with them retry, undo and all
 * that reads rows. Those whose time has passed are closed without being asked, by {@link
 * io.muster.bulkingest.closing.ClosingWhatIsDue}.
 */
@ApplicationScoped
public class ClosingJobs {
  private final ControllingAJob controlling;
  private final DiscardingSpools spools;
  private final Clock clock;

  ClosingJobs(ControllingAJob controlling, DiscardingSpools spools, Clock clock) {
    this.controlling = controlling;
    this.spools = spools;
    this.clock = clock;
  }

  /**
   * @return the job with the time of its closing; one that was closed before is as it was
   * @throws RequestRefused NOT_FOUND, or JOB_NOT_FINISHED
   */
  JobSnapshot close(JobSight sight, UUID id) {
    JobSnapshot closed = controlling.change(sight, id, this::close);
    spools.discard(id);
    return closed;
  }

  private void close(Job job) {
    if (!job.state.isFinal()) {
      throw RequestRefused.because(
              RequestCode.JOB_NOT_FINISHED,
              "The job is " + job.state + ": cancel it or wait for its end, then close it.")
          .with("state", job.state);
    }
    if (job.closedAt == null) {
      job.closedAt = clock.instant();
      job.sealedRow = null;
      job.version++;
    }
  }
}
