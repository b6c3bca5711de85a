package io.muster.benchmarks.report;

import io.muster.benchmarks.scenario.EndToEndRun;
import java.util.Comparator;
import java.util.List;

/**
 * All runs of one scenario.
 *
 * @param runs at least one, as they came
 */
public record Repeated(List<EndToEndRun> runs) {
  public Repeated {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("no run");
    }
  }

  /** The run in the middle by its rate; of two the slower one. All figures are this run's own. */
  public EndToEndRun median() {
    List<EndToEndRun> sorted =
        runs.stream().sorted(Comparator.comparingDouble(EndToEndRun::rowsPerSecond)).toList();
    return sorted.get((sorted.size() - 1) / 2);
  }

  /** Rows per second of the slowest run. */
  public double slowest() {
    return runs.stream().mapToDouble(EndToEndRun::rowsPerSecond).min().orElseThrow();
  }

  /** Rows per second of the fastest run. */
  public double fastest() {
    return runs.stream().mapToDouble(EndToEndRun::rowsPerSecond).max().orElseThrow();
  }
}
