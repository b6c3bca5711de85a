package io.muster.bulkingest.dispatch.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The highest rate of late: what comes to an end is counted in stretches of time, and of the last
 * few of them the best one holds. A mean would follow every lull down, the window with it, and the
 * smaller window would be the reason of the next lull. Not thread-safe.
 */
final class PeakRate {
  /** Long enough to hold several of the lumps that results come in. */
  private static final Duration STRETCH = Duration.ofSeconds(2);

  /** Half a minute of work: so long a machine that became slow is taken for fast. */
  private static final int STRETCHES = 15;

  private final double assumed;
  private final Deque<Double> rates = new ArrayDeque<>();
  private Instant began;
  private long counted;

  /**
   * @param assumed per second, until the first stretch is over
   */
  PeakRate(double assumed) {
    this.assumed = assumed;
  }

  /** So many came to an end just now, while there was work enough for more. */
  void ended(long count, Instant now) {
    if (began == null) {
      // What came first was begun before.
      began = now;
      return;
    }
    counted += count;
    Duration took = Duration.between(began, now);
    if (took.compareTo(STRETCH) >= 0) {
      rates.addLast(counted * 1e9 / took.toNanos());
      if (rates.size() > STRETCHES) {
        rates.removeFirst();
      }
      began = now;
      counted = 0;
    }
  }

  /** There isn't work enough: the stretch that was begun tells nothing. */
  void pause() {
    began = null;
    counted = 0;
  }

  /** Never below one. */
  double perSecond() {
    return Math.max(1, rates.stream().mapToDouble(Double::doubleValue).max().orElse(assumed));
  }
}
