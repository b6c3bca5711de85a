package io.muster.bulkingest.control;

import io.muster.bulkingest.dispatch.Dispatcher;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.JobSight;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Lets a paused job go on where it was. */
@ApplicationScoped
public class ResumingJobs {
  private final ControllingAJob controlling;
  private final Dispatcher dispatcher;

  ResumingJobs(ControllingAJob controlling, Dispatcher dispatcher) {
    this.controlling = controlling;
    this.dispatcher = dispatcher;
  }

  /**
   * @return the job, QUEUED or RUNNING; one that isn't paused but goes on is as it was
   * @throws io.muster.chassis.problem.RequestRefused NOT_FOUND, or WRONG_STATE for a job that is
   *     final or being cancelled
   */
  JobSnapshot resume(JobSight sight, UUID id) {
    JobSnapshot resumed =
        controlling.change(
            sight,
            id,
            job -> {
              switch (job.state) {
                case PAUSED -> goOn(job);
                case QUEUED, RUNNING -> {
                  // It is what was asked for.
                }
                default -> throw ControllingAJob.wrongState(job, "resume");
              }
            });
    dispatcher.wakeUp();
    return resumed;
  }

  private static void goOn(Job job) {
    job.become(job.startedAt == null ? JobState.QUEUED : JobState.RUNNING);
  }
}
