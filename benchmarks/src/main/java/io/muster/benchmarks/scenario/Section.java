package io.muster.benchmarks.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;

/**
 * What a scenario puts into the report.
 *
 * @param scenario its name
 * @param json its figures, field names being stable
 * @param markdown a heading of the third level and what stands below it
 * @param failures what must not happen and did, such as failed rows; with one the benchmark ends
 *     with exit code 1
 */
public record Section(String scenario, JsonNode json, String markdown, List<String> failures) {
  public Section {
    Objects.requireNonNull(scenario, "scenario");
    Objects.requireNonNull(json, "json");
    Objects.requireNonNull(markdown, "markdown");
    failures = List.copyOf(failures);
  }
}
