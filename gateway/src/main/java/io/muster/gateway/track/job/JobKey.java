package io.muster.gateway.track.job;

import java.util.Objects;
import java.util.UUID;

/** Names a job within its tenant: row-level security needs both. */
public record JobKey(String tenant, UUID jobId) {
  public JobKey {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(jobId, "jobId");
  }
}
