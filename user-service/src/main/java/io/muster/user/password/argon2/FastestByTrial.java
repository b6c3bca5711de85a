package io.muster.user.password.argon2;

import java.util.List;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Finds out by trying which implementation takes the least of a processor here. It can't be told
 * from the processor alone: libsodium has its memory afresh from the kernel for each hash, which is
 * a third of its time on one machine and four fifths on another, where a page costs as much as
 * hashing two. Why so: {@code docs/decisions/0024-argon2-by-libsodium.md}.
 */
final class FastestByTrial {
  private static final Logger LOG = Logger.getLogger(FastestByTrial.class);

  /** Of which the best counts: 80 to 200 ms of a start for two candidates. */
  private static final int TRIES = 4;

  private static final byte[] TRIED = new byte[12];

  private FastestByTrial() {}

  /**
   * @param candidates at least one; of two alike the first is taken
   * @param cpuNanos what the calling thread has used of a processor so far: a start is no quiet
   *     time, so the clock would tell of others
   */
  static Argon2Id of(List<Argon2Id> candidates, LongSupplier cpuNanos) {
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    Argon2Id fastest = null;
    long least = Long.MAX_VALUE;
    for (Argon2Id candidate : candidates) {
      long taken = best(candidate, cpuNanos);
      LOG.infof("%s takes %d us of a processor for a hash", candidate, taken / 1_000);
      if (taken < least) {
        least = taken;
        fastest = candidate;
      }
    }
    return fastest;
  }

  private static long best(Argon2Id candidate, LongSupplier cpuNanos) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long before = cpuNanos.getAsLong();
      candidate.hash(TRIED);
      best = Math.min(best, cpuNanos.getAsLong() - before);
    }
    return best;
  }
}
