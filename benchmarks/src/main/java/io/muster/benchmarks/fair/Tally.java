package io.muster.benchmarks.fair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one kind of requests took, and why some came to nothing. Thread-safe. */
final class Tally {
  private final List<Duration> took = new ArrayList<>();
  private final Map<String, Integer> failures = new TreeMap<>();

  synchronized void done(long sinceNanos) {
    took.add(Duration.ofNanos(System.nanoTime() - sinceNanos));
  }

  /**
   * @param why a code or a kind of error, never a text with names
   */
  synchronized void failed(String why) {
    failures.merge(why, 1, Integer::sum);
  }

  /** Takes over what another one has. */
  void add(Tally other) {
    List<Duration> more;
    Map<String, Integer> reasons;
    synchronized (other) {
      more = List.copyOf(other.took);
      reasons = Map.copyOf(other.failures);
    }
    synchronized (this) {
      took.addAll(more);
      reasons.forEach((why, times) -> failures.merge(why, times, Integer::sum));
    }
  }

  synchronized Latencies latencies() {
    return new Latencies(took);
  }

  /** By reason, how often. */
  synchronized Map<String, Integer> failures() {
    return Map.copyOf(failures);
  }
}
