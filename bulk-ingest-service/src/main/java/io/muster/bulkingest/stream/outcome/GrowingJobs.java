package io.muster.bulkingest.stream.outcome;

import io.muster.contracts.result.RowResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs that grow, as far as this instance knows: it listens for the outcomes of their rows.
 * Whoever appends or sends adds the job first, so that no outcome comes before. From any thread.
 */
@ApplicationScoped
public class GrowingJobs {
  private final Map<UUID, Known> jobs = new ConcurrentHashMap<>();

  /**
   * @param addedNanos as {@link System#nanoTime()}
   */
  private record Known(String tenant, long addedNanos) {}

  public void add(String tenant, UUID jobId) {
    jobs.put(jobId, new Known(tenant, System.nanoTime()));
  }

  /** Whether there is none at all: the usual case, asked for every result. */
  boolean isEmpty() {
    return jobs.isEmpty();
  }

  boolean knows(UUID jobId) {
    return jobs.containsKey(jobId);
  }

  /** Whether it is of a job of its tenant that grows. */
  boolean knows(RowResult result) {
    Known known = jobs.get(result.jobId());
    return known != null && known.tenant().equals(result.tenant());
  }

  /**
   * Forgets the others.
   *
   * @param tenantsOfOpen by job, of all that haven't ended
   * @param since as {@link System#nanoTime()}: those that were added later may be missing
   */
  void learn(Map<UUID, String> tenantsOfOpen, long since) {
    jobs.entrySet()
        .removeIf(
            job ->
                !tenantsOfOpen.containsKey(job.getKey())
                    && job.getValue().addedNanos() - since < 0);
    tenantsOfOpen.forEach((job, tenant) -> jobs.putIfAbsent(job, new Known(tenant, since)));
  }
}
