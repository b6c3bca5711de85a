package io.muster.benchmarks.fair;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/** How long things took, sorted. Nothing of it is thrown away: the worst one counts as well. */
final class Latencies {
  private final long[] millis;

  Latencies(Collection<Duration> took) {
    this.millis = took.stream().mapToLong(Duration::toMillis).sorted().toArray();
  }

  int count() {
    return millis.length;
  }

  /**
   * The time within which that many of a hundred were done, in milliseconds.
   *
   * @param percent 100 for the worst
   * @return 0 without any
   */
  long at(double percent) {
    if (millis.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(percent / 100 * millis.length);
    return millis[Math.max(0, rank - 1)];
  }

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("count", count())
        .put("p50Millis", at(50))
        .put("p95Millis", at(95))
        .put("p99Millis", at(99))
        .put("maxMillis", at(100));
  }

  @Override
  public String toString() {
    return Arrays.toString(millis);
  }
}
