package io.muster.bulkingest.control;

import io.muster.bulkingest.closing.ClosingConfig;
import io.muster.bulkingest.job.EndingJobs;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.JobSight;
import io.muster.bulkingest.job.RevokingLeases;
import io.muster.bulkingest.stream.outcome.RowEnds;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/**
 * Cuts a job off at the last row that was intended for the bus, under the locks of job and
 * checkpoint: rows before it come to their own end, rows behind it are cancelled, none is both.
 */
@ApplicationScoped
public class CancellingJobs {
  private final ControllingAJob controlling;
  private final RevokingLeases leases;
  private final RowEnds ended;
  private final ClosingConfig closing;
  private final Clock clock;

  CancellingJobs(
      ControllingAJob controlling,
      RevokingLeases leases,
      RowEnds ended,
      ClosingConfig closing,
      Clock clock) {
    this.ended = ended;
    this.controlling = controlling;
    this.leases = leases;
    this.closing = closing;
    this.clock = clock;
  }

  /**
   * @return the job, CANCELLING, or CANCELLED when nothing is on the bus any more; one that was
   *     cancelled before is as it was
   * @throws io.muster.chassis.problem.RequestRefused NOT_FOUND, or WRONG_STATE for a job that came
   *     to another end
   */
  JobSnapshot cancel(JobSight sight, UUID id) {
    return controlling.change(
        sight,
        id,
        job -> {
          switch (job.state) {
            case QUEUED, RUNNING, PAUSED -> cut(job);
            case CANCELLING, CANCELLED -> {
              // It is what was asked for.
            }
            default -> throw ControllingAJob.wrongState(job, "cancel");
          }
        });
  }

  private void cut(Job job) {
    long sent = leases.cut(job);
    job.cancelled = job.total - job.refused - sent;
    job.become(JobState.CANCELLING);
    if (job.grows()) {
      // It ends when it is heard what became of the rows before the cut: EndingDays.
      job.takesRows = false;
      ended.cancel(job.tenant, job.id, sent);
    } else if (job.ended() == job.total) {
      EndingJobs.end(job, clock.instant(), closing.openAfterEnd());
    }
  }
}
