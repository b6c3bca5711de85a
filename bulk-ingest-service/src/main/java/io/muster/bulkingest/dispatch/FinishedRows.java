package io.muster.bulkingest.dispatch;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many rows of a guarded job came back and how many of them failed, from the headers of their
 * results: the gateway's counts come a second later, and by then a whole file is on the bus. Only
 * what this dispatcher sent is in here. Thread-safe.
 */
@Singleton
final class FinishedRows {
  private final Map<UUID, Counts> counts = new ConcurrentHashMap<>();

  /**
   * @param finished failed ones included
   */
  record Counts(long finished, long failed) {
    static final Counts NONE = new Counts(0, 0);

    Counts plus(Counts more) {
      return new Counts(finished + more.finished, failed + more.failed);
    }

    /** Both only ever grow, so of two the larger is the newer. */
    Counts orNewer(Counts other) {
      return new Counts(Math.max(finished, other.finished), Math.max(failed, other.failed));
    }
  }

  /** From now on that job's rows are counted, from nothing. */
  void follow(UUID job) {
    counts.put(job, Counts.NONE);
  }

  void forget(UUID job) {
    counts.remove(job);
  }

  /** A row came to its end. */
  void ended(UUID job, boolean failed) {
    counts.computeIfPresent(job, (id, now) -> now.plus(new Counts(1, failed ? 1 : 0)));
  }

  /** Since {@link #follow}; none for a job that isn't followed. */
  Counts of(UUID job) {
    return counts.getOrDefault(job, Counts.NONE);
  }
}
