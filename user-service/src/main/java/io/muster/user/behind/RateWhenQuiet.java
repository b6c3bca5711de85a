package io.muster.user.behind;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How fast the search table is filled when no job has the machine, the slower of the two steps: how
 * much may wait follows from it, since what is quick on one machine takes minutes on another. The
 * last rows count most. Threads may share it.
 */
@ApplicationScoped
class RateWhenQuiet {
  /** Of which the older half is forgotten, and which the guess of the configuration counts for. */
  private static final long ROWS_REMEMBERED = 200_000;

  private final BehindConfig config;
  private double rows;
  private double seconds;

  RateWhenQuiet(BehindConfig config) {
    this.config = config;
    this.rows = ROWS_REMEMBERED / 2.0;
    this.seconds = rows / Math.max(1, config.rateUntilSeen());
  }

  /**
   * Rows that were filled in while no big job ran. A few at a time say nothing of what many take.
   */
  synchronized void filled(int count, Duration took) {
    if (count < config.rowsAtOnce() / 2) {
      return;
    }
    rows += count;
    seconds += took.toNanos() / 1e9;
    if (rows > ROWS_REMEMBERED) {
      rows /= 2;
      seconds /= 2;
    }
  }

  /** Rows that can be followed up in time when the jobs are over; as many as a big job at least. */
  synchronized long mostWaiting() {
    return Math.max(
        config.bigJob(), (long) (rows / seconds * config.foundWithin().toNanos() / 1e9));
  }
}
