package io.muster.benchmarks.measure;

import java.sql.SQLException;
import java.time.Duration;

/**
 * Waits until the stack has done what follows a job (search, audit's index, ...) and PostgreSQL
 * tells all of it: until no more than a few rows a second are written.
 */
public final class Settling {
  /** Leases, heartbeats and positions go on for ever. */
  private static final long IDLE_WRITES_PER_SECOND = 100;

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final double NANOS = 1e9;

  private final TakingFootprints footprints;
  private final Duration quiet;
  private final Duration patience;

  /**
   * @param quiet how long hardly anything may have been written; PostgreSQL's sessions keep their
   *     last counts to themselves for up to 10 s
   * @param patience when to go on all the same
   */
  public Settling(TakingFootprints footprints, Duration quiet, Duration patience) {
    this.footprints = footprints;
    this.quiet = quiet;
    this.patience = patience;
  }

  /**
   * Waits.
   *
   * @return seconds until the last of the many writes was seen, from now; -1 when they went on
   *     until patience was over
   */
  public double await() throws SQLException, InterruptedException {
    long begin = System.nanoTime();
    long busyUntil = begin;
    long before = footprints.writes();
    while (System.nanoTime() - busyUntil < quiet.toNanos()) {
      if (System.nanoTime() - begin > patience.toNanos()) {
        return -1;
      }
      Thread.sleep(STEP.toMillis());
      long now = footprints.writes();
      if (now - before > IDLE_WRITES_PER_SECOND) {
        busyUntil = System.nanoTime();
      }
      before = now;
    }
    return (busyUntil - begin) / NANOS;
  }
}
