package io.muster.benchmarks.fair;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was measured under one load.
 *
 * @param rows of each job of the big tenant
 * @param alone its rows per second without the small tenant, by pair
 * @param beside the same with it
 * @param jobs the small tenant's files
 * @param calls its changes of single users
 */
record FairFigures(
    Load load,
    List<Long> rows,
    List<Double> alone,
    List<Double> beside,
    Latencies jobs,
    Latencies calls) {

  /** What the table's columns hold. */
  static final String HEAD =
      """
      | the big tenant runs | rows/s alone | beside | down by | 100-row job p50 / p95 / p99 / max | single call p50 / p95 / p99 / max |
      | --- | --- | --- | --- | --- | --- |
      """;

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("load", load.key()).put("jobs", rows.size()).put("rowsOfAJob", rows.get(0));
    alone.forEach(json.putArray("rowsPerSecondAlone")::add);
    beside.forEach(json.putArray("rowsPerSecondBeside")::add);
    json.put("downByPercent", downBy());
    json.set("smallJobs", jobs.json());
    json.set("singleCalls", calls.json());
    return json;
  }

  String row() {
    return String.format(
        Locale.ROOT,
        "| %s (%,d x %,d rows) | %,.0f | %,.0f | %.1f %% | %s | %s |\n",
        load.words(),
        rows.size(),
        rows.get(0),
        median(alone),
        median(beside),
        downBy(),
        percentiles(jobs),
        percentiles(calls));
  }

  /** Of medians, in percent. */
  double downBy() {
    double before = median(alone);
    return before == 0 ? 0 : Math.round(1_000 * (1 - median(beside) / before)) / 10.0;
  }

  static String percentiles(Latencies took) {
    return String.format(
        Locale.ROOT,
        "%,d / %,d / %,d / %,d ms",
        took.at(50),
        took.at(95),
        took.at(99),
        took.at(100));
  }

  static double median(List<Double> figures) {
    List<Double> sorted = new ArrayList<>(figures);
    sorted.sort(null);
    int half = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return 0;
    }
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
