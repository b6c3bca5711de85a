package io.muster.gateway.track.job;

import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSnapshot.UploadedFile;

/** Copies of snapshots with another submitter and file. */
public final class Snapshots {
  private Snapshots() {}

  /**
   * @param submittedBy may be null
   * @param file may be null
   */
  public static JobSnapshot with(JobSnapshot job, String submittedBy, UploadedFile file) {
    return new JobSnapshot(
        job.id(),
        job.version(),
        job.tenant(),
        job.operation(),
        job.operations(),
        job.state(),
        job.stateReason(),
        job.source(),
        job.dryRun(),
        job.parent(),
        submittedBy,
        job.submittedAt(),
        job.startAt(),
        job.startedAt(),
        job.finishedAt(),
        file,
        job.total(),
        job.refused(),
        job.intendedRow(),
        job.dispatched(),
        job.cancelled(),
        job.expectedDuration(),
        job.secretsUntil(),
        job.closesAt(),
        job.closedAt(),
        job.maxFailures(),
        job.notices());
  }
}
