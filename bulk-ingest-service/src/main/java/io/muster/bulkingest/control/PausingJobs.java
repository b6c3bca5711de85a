package io.muster.bulkingest.control;

import io.muster.bulkingest.job.JobSight;
import io.muster.bulkingest.job.RevokingLeases;
import io.muster.contracts.job.JobSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Holds a job: from the commit on nothing new is handed to the bus; what is on it still comes to
 * its end.
 */
@ApplicationScoped
public class PausingJobs {
  static final String REQUESTED = "REQUESTED";

  private final ControllingAJob controlling;
  private final RevokingLeases leases;

  PausingJobs(ControllingAJob controlling, RevokingLeases leases) {
    this.controlling = controlling;
    this.leases = leases;
  }

  /**
   * @return the job, PAUSED; one that was paused before is as it was, with its reason
   * @throws io.muster.chassis.problem.RequestRefused NOT_FOUND, or WRONG_STATE for a job that is
   *     final or being cancelled
   */
  JobSnapshot pause(JobSight sight, UUID id) {
    return controlling.change(
        sight,
        id,
        job -> {
          switch (job.state) {
            case QUEUED, RUNNING -> {
              job.pause(REQUESTED, null);
              leases.revoke(job);
            }
            case PAUSED -> {
              // It is what was asked for; who paused it first gave the reason.
            }
            default -> throw ControllingAJob.wrongState(job, "pause");
          }
        });
  }
}
