package io.muster.benchmarks.report;

import io.muster.benchmarks.measure.ProcessUse;
import io.muster.benchmarks.scenario.EndToEndRun;
import io.muster.benchmarks.scenario.JobTimes;
import io.muster.benchmarks.scenario.Section;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The report for people. All figures of a scenario are those of its median run. */
public final class MarkdownReport {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  /** Of all cores; below it nobody was disturbed. */
  private static final double ELSEWHERE = 0.05;

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
    page.append(new Surroundings(report).text());
    if (!scenarios.isEmpty()) {
      page.append("\n## End to end\n\n").append(endToEnd());
      if (scenarios.values().stream().anyMatch(each -> !each.median().limits().isEmpty())) {
        page.append("\n## Beside the limits\n\n").append(new LimitsOfTheReport(scenarios).text());
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
    for (EndToEndRun run : report.runs()) {
      double cores = run.times().seconds() * report.machine().cores();
      if (run.cpuElsewhere() != null && run.cpuElsewhere() > cores * ELSEWHERE) {
        warnings.add(
            run.scenario()
                + ": "
                + Figures.percent(run.cpuElsewhere() / cores)
                + " of the CPU went elsewhere; measure again when nothing else is busy");
      }
    }
    return warnings.stream().distinct().toList();
  }
}
