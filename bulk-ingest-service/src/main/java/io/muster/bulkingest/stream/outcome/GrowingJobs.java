package io.muster.bulkingest.stream.outcome;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs that grow, as far as this instance knows: it listens for the outcomes of their rows.
 * Whoever appends or sends adds the job first, so that no outcome comes before. From any thread.
 */
@ApplicationScoped
public class GrowingJobs {
  /** By job, when it was added last, as {@link System#nanoTime()}. */
  private final Map<UUID, Long> jobs = new ConcurrentHashMap<>();

  public void add(UUID jobId) {
    jobs.put(jobId, System.nanoTime());
  }

  /** Whether there is none at all: the usual case, asked for every result. */
  boolean isEmpty() {
    return jobs.isEmpty();
  }

  boolean knows(UUID jobId) {
    return jobs.containsKey(jobId);
  }

  /**
   * Forgets the others.
   *
   * @param open all that haven't ended
   * @param since as {@link System#nanoTime()}: those that were added later may be missing in open
   */
  void learn(Set<UUID> open, long since) {
    jobs.entrySet().removeIf(job -> !open.contains(job.getKey()) && job.getValue() - since < 0);
    open.forEach(job -> jobs.putIfAbsent(job, since));
  }
}
