package io.muster.benchmarks.report;

import io.muster.benchmarks.limit.MeasuredLimit;
import io.muster.benchmarks.scenario.EndToEndRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scenarios' rates beside what they are held against. */
final class LimitsOfTheReport {
  private final Map<String, Repeated> scenarios;

  LimitsOfTheReport(Map<String, Repeated> scenarios) {
    this.scenarios = scenarios;
  }

  String text() {
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
}
