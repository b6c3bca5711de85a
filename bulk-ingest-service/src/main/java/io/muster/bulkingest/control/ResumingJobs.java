package io.muster.bulkingest.control;

import io.muster.bulkingest.dispatch.Dispatcher;
import io.muster.bulkingest.guard.ActiveAccounts;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.JobSight;
import io.muster.bulkingest.job.PausingByGuard;
import io.muster.bulkingest.job.Snapshots;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Lets a paused job go on where it was. A guard that had stopped it is overruled by that, for this
 * job and for ever.
 */
@ApplicationScoped
public class ResumingJobs {
  private final ControllingAJob controlling;
  private final Dispatcher dispatcher;
  private final Snapshots snapshots;
  private final BlastRadius blastRadius;
  private final ActiveAccounts activeAccounts;

  ResumingJobs(
      ControllingAJob controlling,
      Dispatcher dispatcher,
      Snapshots snapshots,
      BlastRadius blastRadius,
      ActiveAccounts activeAccounts) {
    this.controlling = controlling;
    this.dispatcher = dispatcher;
    this.snapshots = snapshots;
    this.blastRadius = blastRadius;
    this.activeAccounts = activeAccounts;
  }

  /**
   * @param bearer the caller's Authorization header, to count the tenant's active accounts anew;
   *     null when it is another tenant's
   * @return the job, QUEUED or RUNNING; one that isn't paused but goes on is as it was
   * @throws io.muster.chassis.problem.RequestRefused NOT_FOUND, or WRONG_STATE for a job that is
   *     final or being cancelled
   */
  JobSnapshot resume(JobSight sight, UUID id, String bearer) {
    boolean counts =
        bearer != null
            && controlling.look(
                sight,
                id,
                job ->
                    job.state == JobState.PAUSED
                        && blastRadius.guards(job.total, snapshots.admitted(job).operations()));
    Long active = counts ? activeAccounts.count(bearer) : null;
    JobSnapshot resumed =
        controlling.change(
            sight,
            id,
            job -> {
              switch (job.state) {
                case PAUSED -> goOn(job, active);
                case QUEUED, RUNNING -> {
                  // It is what was asked for.
                }
                default -> throw ControllingAJob.wrongState(job, "resume");
              }
            });
    dispatcher.wakeUp();
    return resumed;
  }

  private static void goOn(Job job, Long active) {
    job.maxFailuresDisarmed |= PausingByGuard.MAX_FAILURES.equals(job.reasonCode);
    job.blastRadiusDisarmed |= PausingByGuard.BLAST_RADIUS.equals(job.reasonCode);
    if (active != null) {
      job.activeAccounts = active;
    }
    job.become(job.startedAt == null ? JobState.QUEUED : JobState.RUNNING);
  }
}
