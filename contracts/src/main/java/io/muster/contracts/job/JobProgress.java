package io.muster.contracts.job;

import java.util.Objects;
import java.util.UUID;

/**
 * The gateway's counts of a job, from which bulk-ingest-service knows when the job is final. Counts
 * never go back: of two reports the one with more ended rows is the newer. Key: the job.
 *
 * @param succeeded rows whose parts were all applied
 * @param failed rows refused by user-service or license-service; door refusals are not in here
 */
public record JobProgress(String tenant, UUID jobId, long succeeded, long failed) {
  public JobProgress {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(jobId, "jobId");
  }

  /** Rows that came to an end on the bus. */
  public long ended() {
    return succeeded + failed;
  }
}
