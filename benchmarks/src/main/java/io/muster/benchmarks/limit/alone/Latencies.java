package io.muster.benchmarks.limit.alone;

import java.util.List;

/**
 * How long calls took, in milliseconds; 0 where there were none.
 *
 * @param p50 half of them took no longer
 */
public record Latencies(double p50, double p95, double p99, double max) {
  private static final double NANOS_PER_MILLISECOND = 1e6;

  /** Of times in nanoseconds, in any order. */
  public static Latencies of(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return new Latencies(rank(sorted, 50), rank(sorted, 95), rank(sorted, 99), rank(sorted, 100));
  }

  /** The nearest rank: a time that was really taken. */
  private static double rank(List<Long> sorted, int percent) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int index = (int) Math.ceil(percent / 100.0 * sorted.size()) - 1;
    return sorted.get(Math.max(0, index)) / NANOS_PER_MILLISECOND;
  }
}
