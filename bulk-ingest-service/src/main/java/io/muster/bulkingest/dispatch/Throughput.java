package io.muster.bulkingest.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Rows per second that come to an end while there is work, followed over about half a minute: what
 * an upload's expected duration is reckoned from. Thread-safe.
 */
@ApplicationScoped
public class Throughput {
  /** Gaps longer than this are idleness, not slowness. */
  private static final Duration GAP = Duration.ofSeconds(2);

  private static final double HALF_LIFE_SECONDS = 10;

  private final Clock clock;
  private double rowsPerSecond;
  private Instant last = Instant.EPOCH;

  Throughput(Clock clock, DispatchConfig config) {
    this.clock = clock;
    this.rowsPerSecond = config.assumedRowsPerSecond();
  }

  synchronized void ended(int rows) {
    Instant now = clock.instant();
    double seconds = Duration.between(last, now).toNanos() / 1e9;
    if (seconds > 0 && seconds < GAP.toSeconds()) {
      double weight = 1 - Math.pow(0.5, seconds / HALF_LIFE_SECONDS);
      rowsPerSecond += weight * (rows / seconds - rowsPerSecond);
    }
    last = now;
  }

  /** Never below one row per second. */
  public synchronized double rowsPerSecond() {
    return Math.max(1, rowsPerSecond);
  }
}
