package io.muster.benchmarks.report;

import io.muster.benchmarks.limit.MeasuredLimit;
import io.muster.benchmarks.measure.ProcessUse;
import io.muster.benchmarks.scenario.EndToEndRun;
import io.muster.benchmarks.scenario.JobTimes;
import io.muster.benchmarks.scenario.Section;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The report for people. All figures of a scenario are those of its median run. */
public final class MarkdownReport {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private static final double GIB = 1024.0 * 1024 * 1024;

  private final Report report;
  private final Map<String, Repeated> scenarios;

  public MarkdownReport(Report report) {
    this.report = report;
    this.scenarios = report.byScenario();
  }

  /** The whole page. */
  public String text() {
    StringBuilder page = new StringBuilder();
    page.append("# Muster, measured ").append(DATE.format(report.date())).append("\n\n");
    page.append(surroundings());
    if (!scenarios.isEmpty()) {
      page.append("\n## End to end\n\n").append(endToEnd());
      if (scenarios.values().stream().anyMatch(each -> !each.median().limits().isEmpty())) {
        page.append("\n## Beside the limits\n\n").append(limits());
      }
      page.append(new PartsOfTheReport(report, scenarios).text());
    }
    for (Section section : report.sections()) {
      page.append('\n').append(section.markdown().strip()).append('\n');
    }
    List<String> warnings = warnings();
    if (!warnings.isEmpty()) {
      page.append("\n## Not as it should be\n\n");
      warnings.forEach(warning -> page.append("- ").append(warning).append('\n'));
    }
    return page.toString();
  }

  private String surroundings() {
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
    return scenarios.values().stream()
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

  private String endToEnd() {
    boolean repeated = report.repetitions() > 1;
    List<String> headers =
        new ArrayList<>(
            List.of(
                "scenario",
                "rows",
                "seconds",
                "rows/s",
                "failed rows",
                "upload, s",
                "upload, rows/s",
                "upload, MB/s",
                "all dispatched after, s",
                "what follows, s"));
    if (repeated) {
      headers.add(4, "slowest to fastest");
    }
    MarkdownTable table = new MarkdownTable(1, headers);
    scenarios.forEach(
        (name, runs) -> {
          EndToEndRun run = runs.median();
          JobTimes times = run.times();
          List<String> cells =
              new ArrayList<>(
                  List.of(
                      "`" + name + "`" + (times.resumes() > 0 ? " (resumed once)" : ""),
                      Figures.count(times.rows()),
                      Figures.of(times.seconds()),
                      Figures.of(run.rowsPerSecond()),
                      Figures.count(times.failedRows()),
                      Figures.of(times.uploadSeconds()),
                      Figures.of(Figures.per(times.rows(), times.uploadSeconds())),
                      Figures.megabytesPerSecond(
                          Figures.per(times.fileBytes(), times.uploadSeconds())),
                      Figures.of(times.dispatchedSeconds()),
                      run.settledSeconds() < 0 ? "not over" : Figures.of(run.settledSeconds())));
          if (repeated) {
            cells.add(4, Figures.of(runs.slowest()) + " to " + Figures.of(runs.fastest()));
          }
          table.row(cells);
        });
    return table
        + "\nSeconds run from the first byte of the upload to the job's end as the client sees it."
        + " Upload is until the answer 202: every row is parsed, judged and safe on disk."
        + " What follows is the time after the job's end until nothing more was written, the"
        + " address list's search and the audit's index among it; it isn't part of the rate.\n";
  }

  private String limits() {
    MarkdownTable table =
        new MarkdownTable(
            2, List.of("scenario", "held against", "measured /s", "in rows/s", "pipeline is"));
    List<String> notes = new ArrayList<>();
    scenarios.forEach(
        (name, runs) -> {
          EndToEndRun run = runs.median();
          String slowest = run.slowestLimit().map(MeasuredLimit::name).orElse("");
          for (MeasuredLimit limit : run.limits()) {
            boolean told = limit.rowsPerSecond() > 0;
            table.row(
                List.of(
                    "`" + name + "`",
                    limit.name().equals(slowest)
                        ? "**" + limit.name() + "**"
                        : limit.name() + (limit.bounds() ? "" : " (beside it)"),
                    Figures.of(limit.perSecond()) + " " + limit.unit(),
                    told ? Figures.of(limit.rowsPerSecond()) : "",
                    told ? times(run.rowsPerSecond() / limit.rowsPerSecond()) : ""));
            notes.add("`" + name + "`, " + limit.name() + ": " + limit.comparedWith());
          }
        });
    StringBuilder text = new StringBuilder(table.toString());
    text.append("\nIn bold the slowest limit of each scenario.\n\n");
    notes.forEach(note -> text.append("- ").append(note).append('\n'));
    return text.toString();
  }

  private static String times(double ratio) {
    return ratio < 2 ? Figures.percent(ratio) : Figures.of(ratio) + " times";
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>(report.failures());
    for (EndToEndRun run : report.runs()) {
      run.notMeasured().forEach(why -> warnings.add(run.scenario() + ": not measured, " + why));
      if (run.processes().stream().map(ProcessUse::cpuSeconds).anyMatch(cpu -> cpu == null)) {
        warnings.add(
            run.scenario()
                + ": CPU and memory of some processes were not measured: this system has no /proc,"
                + " or a process was restarted meanwhile");
      }
    }
    return warnings.stream().distinct().toList();
  }
}
