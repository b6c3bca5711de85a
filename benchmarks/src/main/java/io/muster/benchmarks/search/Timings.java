package io.muster.benchmarks.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long searches took, by what was looked for. */
final class Timings {
  private final Map<String, List<Long>> nanos = new LinkedHashMap<>();

  void took(String kind, long time) {
    nanos.computeIfAbsent(kind, k -> new ArrayList<>()).add(time);
  }

  void report(String name, ObjectNode json, StringBuilder markdown) {
    markdown
        .append(name.equals("quiet") ? "Nothing else running:" : "While another job is filled in:")
        .append("\n\n| looked for | searches | p50 ms | p95 ms | p99 ms | max ms |\n")
        .append("| --- | --: | --: | --: | --: | --: |\n");
    ObjectNode all = json.putObject(name);
    List<Long> together = new ArrayList<>();
    nanos.forEach(
        (kind, times) -> {
          line(kind, times, all, markdown);
          together.addAll(times);
        });
    line("all of these", together, all, markdown);
    markdown.append('\n');
  }

  private static void line(String kind, List<Long> times, ObjectNode json, StringBuilder markdown) {
    List<Long> sorted = times.stream().sorted().toList();
    json.putObject(kind)
        .put("searches", sorted.size())
        .put("p50", at(sorted, 0.5))
        .put("p95", at(sorted, 0.95))
        .put("p99", at(sorted, 0.99))
        .put("max", at(sorted, 1));
    markdown.append(
        "| %s | %d | %.1f | %.1f | %.1f | %.1f |%n"
            .formatted(
                kind,
                sorted.size(),
                at(sorted, 0.5),
                at(sorted, 0.95),
                at(sorted, 0.99),
                at(sorted, 1)));
  }

  private static double at(List<Long> sorted, double share) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(0, index)) / 1e6;
  }
}
