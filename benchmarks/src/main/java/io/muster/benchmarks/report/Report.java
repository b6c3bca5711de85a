package io.muster.benchmarks.report;

import io.muster.benchmarks.scenario.EndToEndRun;
import io.muster.benchmarks.scenario.Section;
import io.muster.benchmarks.scenario.Wishes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that one call of the benchmark found.
 *
 * @param date when it began
 * @param seconds how long all of it took
 * @param repetitions how often each scenario was to run
 * @param runs of scenarios end to end, in the order in which they ran
 * @param sections of other scenarios
 * @param broken scenarios that could not be run, and why
 */
public record Report(
    Instant date,
    double seconds,
    Machine machine,
    Software software,
    Wishes wishes,
    int repetitions,
    List<EndToEndRun> runs,
    List<Section> sections,
    List<String> broken) {
  public Report {
    runs = List.copyOf(runs);
    sections = List.copyOf(sections);
    broken = List.copyOf(broken);
  }

  /** Runs by scenario, in the order of the first ones. */
  public Map<String, Repeated> byScenario() {
    Map<String, List<EndToEndRun>> all = new LinkedHashMap<>();
    for (EndToEndRun run : runs) {
      all.computeIfAbsent(run.scenario(), name -> new ArrayList<>()).add(run);
    }
    Map<String, Repeated> repeated = new LinkedHashMap<>();
    all.forEach((name, its) -> repeated.put(name, new Repeated(its)));
    return repeated;
  }

  /** What must not happen and did; empty = exit code 0. */
  public List<String> failures() {
    List<String> failures = new ArrayList<>(broken);
    for (EndToEndRun run : runs) {
      run.times().failures().forEach(failure -> failures.add(run.scenario() + ": " + failure));
    }
    for (Section section : sections) {
      section.failures().forEach(failure -> failures.add(section.scenario() + ": " + failure));
    }
    return failures;
  }
}
