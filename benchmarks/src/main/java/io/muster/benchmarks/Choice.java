package io.muster.benchmarks;

import io.muster.benchmarks.limit.Limit;
import io.muster.benchmarks.scenario.EndToEnd;
import io.muster.benchmarks.scenario.Scenario;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * What is to run.
 *
 * @param endToEnd files from the upload to the end
 * @param limits whether their limits are measured, too
 * @param others further scenarios
 */
record Choice(Set<EndToEnd> endToEnd, boolean limits, List<Scenario> others) {
  static final String LIMITS = "limits";

  Choice {
    endToEnd = Set.copyOf(endToEnd);
    others = List.copyOf(others);
  }

  /**
   * By the command line's words.
   *
   * @param names empty = what runs by default: all files with their limits
   * @throws IllegalArgumentException one names nothing; the message lists what there is
   */
  static Choice of(List<String> names) {
    List<Scenario> known = loaded(Scenario.class);
    if (names.isEmpty()) {
      return new Choice(
          EnumSet.allOf(EndToEnd.class), true, known.stream().filter(Scenario::byDefault).toList());
    }
    Set<EndToEnd> endToEnd = EnumSet.noneOf(EndToEnd.class);
    Set<Scenario> others = new LinkedHashSet<>();
    boolean limits = false;
    for (String name : new LinkedHashSet<>(names)) {
      if (name.equals(LIMITS)) {
        limits = true;
      } else if (EndToEnd.named(name).isPresent()) {
        endToEnd.add(EndToEnd.named(name).get());
      } else {
        others.add(
            known.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name)));
      }
    }
    if (limits && endToEnd.isEmpty()) {
      // A limit is held against a scenario: that it writes the same rows to the same tables.
      endToEnd = EnumSet.allOf(EndToEnd.class);
    }
    return new Choice(endToEnd, limits, List.copyOf(others));
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "There is no scenario "
            + name
            + ". There are: "
            + String.join(", ", described().stream().map(Described::name).toList())
            + ".");
  }

  /** A word for {@code --scenario}. */
  record Described(String name, String purpose) {}

  /** All words, in the order in which they run. */
  static List<Described> described() {
    List<Described> all = new ArrayList<>();
    for (EndToEnd each : EndToEnd.values()) {
      all.add(new Described(each.scenario(), each.purpose()));
    }
    all.add(new Described(LIMITS, "what bounds those, and a loop of single calls beside them"));
    loaded(Scenario.class).forEach(each -> all.add(new Described(each.name(), each.purpose())));
    return all;
  }

  /** Those to measure, new ones for each run. */
  List<Limit> freshLimits() {
    return limits && !endToEnd.isEmpty() ? loaded(Limit.class) : List.of();
  }

  private static <T> List<T> loaded(Class<T> type) {
    return ServiceLoader.load(type).stream().map(ServiceLoader.Provider::get).toList();
  }
}
