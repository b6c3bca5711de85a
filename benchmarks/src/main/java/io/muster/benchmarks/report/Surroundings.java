package io.muster.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Where and how it was measured, and what. */
final class Surroundings {
  private static final double GIB = 1024.0 * 1024 * 1024;

  private final Report report;

  Surroundings(Report report) {
    this.report = report;
  }

  /** A list of what one has to know to compare. */
  String text() {
    Machine machine = report.machine();
    Software software = report.software();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d cores (%s), %s GiB, %s, kernel %s"
            .formatted(
                machine.cores(),
                machine.cpuModel(),
                Figures.of(machine.memoryBytes() / GIB),
                machine.os(),
                machine.kernel()));
    lines.add(
        "Muster %s (%s), PostgreSQL %s, Kafka %s, %s"
            .formatted(
                software.muster(),
                software.commit(),
                software.postgresql(),
                software.kafka(),
                machine.java()));
    String heaps = heaps();
    if (!heaps.isEmpty()) {
      lines.add("most heap in MiB: " + heaps);
    }
    if (!software.postgresqlSettings().isEmpty()) {
      lines.add("PostgreSQL: " + settings(software));
    }
    lines.add(wishes());
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append("- ").append(line).append('\n'));
    return text.toString();
  }

  private String heaps() {
    return report.byScenario().values().stream()
        .findFirst()
        .map(
            first ->
                first.median().processes().stream()
                    .filter(use -> use.mostHeapBytes() != null)
                    .map(use -> use.name() + " " + Figures.mebibytes(use.mostHeapBytes()))
                    .reduce((left, right) -> left + ", " + right)
                    .orElse(""))
        .orElse("");
  }

  private static String settings(Software software) {
    List<String> settings = new ArrayList<>();
    new TreeMap<>(software.postgresqlSettings())
        .forEach((name, value) -> settings.add(name + " = " + value));
    return String.join(", ", settings);
  }

  private String wishes() {
    return "%s accounts there before, %s, %s, took %s s in all"
        .formatted(
            report.wishes().accountsBefore() == 0
                ? "no"
                : Figures.count(report.wishes().accountsBefore()),
            report.wishes().warmUpRows() == 0
                ? "from a cold start"
                : "warmed up with " + Figures.count(report.wishes().warmUpRows()) + " rows",
            report.repetitions() == 1
                ? "one run"
                : "median of " + report.repetitions() + " runs, each on a stack of its own",
            Figures.of(report.seconds()));
  }
}
