package io.muster.benchmarks;

import io.muster.benchmarks.Choice.Described;
import io.muster.benchmarks.report.JsonReport;
import io.muster.benchmarks.report.MarkdownReport;
import io.muster.benchmarks.report.Report;
import io.muster.benchmarks.scenario.Wishes;
import io.muster.cli.CommandFailed;
import io.muster.localstack.home.StackFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./benchmarks/run}: measures, prints a table, and leaves it and a JSON document behind. */
@Command(
    name = "benchmarks/run",
    sortOptions = false,
    usageHelpAutoWidth = true,
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = {
      "Measures Muster on this machine: starts the whole system in a folder and on ports of its"
          + " own, runs the scenarios through the gateway as a client would, measures what bounds"
          + " them, stops and removes everything. Prints a Markdown table to standard output and"
          + " progress to standard error."
    },
    footer = {
      "Examples:",
      "  benchmarks/run",
      "  benchmarks/run --rows 1000000",
      "  benchmarks/run --rows 10000 --scenario add,enable --repeat 3",
      "Exit codes: 0 done, 1 rows failed or a scenario could not be run, 2 wrong usage,",
      "3 the system could not be started."
    })
public final class Benchmarks implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int REFUSED = 3;

  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;

  @Mixin private Wanted wanted;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  private Benchmarks(PrintStream out, PrintStream err, Clock clock) {
    this.out = out;
    this.err = err;
    this.clock = clock;
  }

  /** The process's entry. */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, Clock.systemUTC(), args));
  }

  /** Runs one command line to its end and returns the exit code. Never throws. */
  static int run(PrintStream out, PrintStream err, Clock clock, String... args) {
    CommandLine line = new CommandLine(new Benchmarks(out, err, clock));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.getHelpSectionMap().put("scenarios", help -> scenarioList());
    List<String> sections = new ArrayList<>(line.getHelpSectionKeys());
    sections.add(
        sections.indexOf(CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER_HEADING),
        "scenarios");
    line.setHelpSectionKeys(sections);
    line.setParameterExceptionHandler(
        (wrong, given) -> {
          err.println("benchmarks/run: " + wrong.getMessage());
          err.println("  See benchmarks/run --help.");
          return WRONG_USAGE;
        });
    line.setExecutionExceptionHandler((failure, where, given) -> failed(err, failure));
    return line.execute(args);
  }

  private static String scenarioList() {
    StringBuilder text = new StringBuilder(String.format("%nScenarios:%n"));
    for (Described each : Choice.described()) {
      text.append(String.format(Locale.ROOT, "  %-14s %s%n", each.name(), each.purpose()));
    }
    return text.toString();
  }

  private static int failed(PrintStream err, Exception failure) {
    if (failure instanceof StackFailure || failure instanceof CommandFailed) {
      err.println("benchmarks/run: " + failure.getMessage());
      return REFUSED;
    }
    err.println("benchmarks/run: " + failure);
    Arrays.stream(failure.getStackTrace()).limit(10).forEach(frame -> err.println("  " + frame));
    return FAILED;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Choice choice = wanted.choice();
    Wishes wishes = wanted.wishes(choice);
    Path to = wanted.folder(clock);
    long begin = System.nanoTime();
    Consumer<String> say =
        text -> err.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - begin) / 1e9, text);
    Report report = new WholeRun(choice, wishes, wanted.repetitions(), clock, say).run();
    String page = new MarkdownReport(report).text();
    Files.writeString(to.resolve("report.md"), page);
    Files.writeString(to.resolve("report.json"), new JsonReport(report).text());
    out.print(page);
    out.flush();
    say.accept("report.md and report.json are in " + to);
    report.failures().forEach(failure -> err.println("benchmarks/run: " + failure));
    return report.failures().isEmpty() ? DONE : FAILED;
  }
}
