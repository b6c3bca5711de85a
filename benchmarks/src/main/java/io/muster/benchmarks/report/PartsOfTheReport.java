package io.muster.benchmarks.report;

import io.muster.benchmarks.limit.TableWork;
import io.muster.benchmarks.measure.Footprint.Growth;
import io.muster.benchmarks.measure.ProcessUse;
import io.muster.benchmarks.measure.StageTime;
import io.muster.benchmarks.scenario.EndToEndRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What each part did for a row: CPU, memory, bytes, and where the services' time went. */
final class PartsOfTheReport {
  private static final int MICROS = 1_000_000;

  private final Report report;
  private final Map<String, Repeated> scenarios;
  private final List<String> processes;

  PartsOfTheReport(Report report, Map<String, Repeated> scenarios) {
    this.report = report;
    this.scenarios = scenarios;
    this.processes =
        scenarios.values().iterator().next().median().processes().stream()
            .map(ProcessUse::name)
            .toList();
  }

  String text() {
    return "\n## CPU: microseconds per row (share of all cores)\n\n"
        + cpu()
        + "\n"
        + "By the system's accounts, from the first byte to the job's end; PostgreSQL with all its"
        + " backends, the client being this benchmark. Elsewhere is what the machine did for"
        + " anybody else.\n"
        + "\n"
        + "## Peak of memory, MiB\n\n"
        + memory()
        + "\n"
        + "Resident memory of each process. After the slash the most of the heap that was found in"
        + " use, garbage included; PostgreSQL with its backends, shared pages counted once.\n"
        + "\n"
        + "## Bytes per row\n\n"
        + bytes()
        + "\nBy how much files grew until everything had settled, what follows the job included:"
        + " tables with their indexes, PostgreSQL's write-ahead log, Kafka's log files"
        + " (compressed).\n"
        + "\n## Tables: rows written per row of the file\n\n"
        + tables()
        + stages();
  }

  private String cpu() {
    List<String> headers = new ArrayList<>(List.of("scenario"));
    headers.addAll(processes);
    headers.addAll(List.of("all", "elsewhere"));
    MarkdownTable table = new MarkdownTable(1, headers);
    eachScenario(
        table,
        run -> {
          List<String> cells = new ArrayList<>();
          Double all = 0.0;
          for (ProcessUse use : run.processes()) {
            cells.add(cpu(use.cpuSeconds(), run));
            all =
                all == null || use.cpuSeconds() == null ? null : (Double) (all + use.cpuSeconds());
          }
          cells.add(cpu(all, run));
          cells.add(cpu(run.cpuElsewhere(), run));
          return cells;
        });
    return table.toString();
  }

  private String cpu(Double seconds, EndToEndRun run) {
    if (seconds == null) {
      return Figures.NOT_MEASURED;
    }
    return "%s (%s)"
        .formatted(
            Figures.of(Figures.per(seconds * MICROS, run.times().rows())),
            Figures.percent(
                Figures.per(seconds, run.times().seconds() * report.machine().cores())));
  }

  private String memory() {
    List<String> headers = new ArrayList<>(List.of("scenario"));
    headers.addAll(processes);
    MarkdownTable table = new MarkdownTable(1, headers);
    eachScenario(
        table,
        run ->
            run.processes().stream()
                .map(
                    use ->
                        Figures.mebibytes(use.peakBytes())
                            + (use.peakHeapBytes() == null
                                ? ""
                                : " / " + Figures.mebibytes(use.peakHeapBytes())))
                .toList());
    return table.toString();
  }

  private String bytes() {
    MarkdownTable table =
        new MarkdownTable(
            1,
            List.of(
                "scenario",
                "file",
                "spool",
                "databases",
                "write-ahead log",
                "bus",
                "messages on the bus"));
    eachScenario(
        table,
        run -> {
          Growth growth = run.growth();
          double rows = run.times().rows();
          return List.of(
              Figures.of(run.times().fileBytes() / rows),
              Figures.of(growth.spoolBytes() / rows),
              Figures.of(growth.allDatabaseBytes() / rows),
              Figures.of(growth.walBytes() / rows),
              Figures.of(growth.busBytes() / rows),
              Figures.of(growth.busMessages() / rows));
        });
    return table.toString();
  }

  private String tables() {
    MarkdownTable table =
        new MarkdownTable(
            3,
            List.of("scenario", "service", "table", "in", "changed", "of it HOT", "out", "bytes"));
    scenarios.forEach(
        (name, runs) -> {
          double rows = runs.median().times().rows();
          for (TableWork each : runs.median().growth().tables()) {
            long writes = each.inserted() + each.updated() + each.deleted();
            if (writes >= rows / 20) {
              table.row(
                  List.of(
                      "`" + name + "`",
                      each.service(),
                      "`" + each.table() + "`",
                      Figures.of(each.inserted() / rows),
                      Figures.of(each.updated() / rows),
                      Figures.of(each.hotUpdated() / rows),
                      Figures.of(each.deleted() / rows),
                      Figures.of(each.bytes() / rows)));
            }
          }
        });
    return table + "\nTables with a row for every twentieth row of the file or more.\n";
  }

  private String stages() {
    MarkdownTable table =
        new MarkdownTable(
            3, List.of("scenario", "service", "stage", "seconds", "microseconds per row", "times"));
    boolean any = false;
    for (Map.Entry<String, Repeated> each : scenarios.entrySet()) {
      EndToEndRun run = each.getValue().median();
      for (StageTime stage : run.stages()) {
        any = true;
        table.row(
            List.of(
                "`" + each.getKey() + "`",
                stage.service(),
                stage.stage(),
                Figures.of(stage.seconds()),
                Figures.of(Figures.per(stage.seconds() * MICROS, run.times().rows())),
                Figures.count(stage.times())));
      }
    }
    return any
        ? "\n## Where the services' time went\n\n"
            + table
            + "\n"
            + "By the services' own timers `muster_stage_seconds`: threads add up, and waiting for"
            + " the database or the bus counts.\n"
        : "";
  }

  private void eachScenario(MarkdownTable table, Function<EndToEndRun, List<String>> cells) {
    scenarios.forEach(
        (name, runs) -> {
          List<String> row = new ArrayList<>(List.of("`" + name + "`"));
          row.addAll(cells.apply(runs.median()));
          table.row(row);
        });
  }
}
