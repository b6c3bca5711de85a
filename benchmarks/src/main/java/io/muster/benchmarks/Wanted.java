package io.muster.benchmarks;

import io.muster.benchmarks.scenario.Wishes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's options, and what they mean. */
final class Wanted {
  /** What bulk-ingest-service takes in one file. */
  private static final long MOST_ROWS = 20_000_000;

  private static final long MOST_GIVEN_ROWS_BY_DEFAULT = 5_000;
  private static final long WARM_UP_BY_DEFAULT = 20_000;
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Rows of each file. Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      split = ",",
      description = "What to run; may be repeated. Default: all files and their limits.")
  private List<String> scenarios = new ArrayList<>();

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How often to run all of it, each time on a new stack; the table has the median run."
              + " Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(
      names = "--given-rows",
      paramLabel = "N",
      description =
          "Rows of the file with given passwords, each of which has to be hashed. Default: --rows,"
              + " but 5000 at most.")
  private Long givenRows;

  @Option(
      names = "--with-accounts",
      paramLabel = "N",
      defaultValue = "0",
      description = "Accounts that are there already. Default: ${DEFAULT-VALUE}.")
  private long accountsBefore;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "Rows to add and enable before anything is measured; 0 measures a cold start. Default:"
              + " --rows, but 20000 at most.")
  private Long warmUpRows;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where report.json and report.md go. Default: benchmarks/results/ and the time.")
  private Path folder;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "11",
      hidden = true,
      description = "How long the stack must be idle before it is looked at.")
  private int settle;

  /** What is to run. */
  Choice choice() {
    try {
      return Choice.of(scenarios);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  /** How it is to run; numbers that mean nothing are wrong usage. */
  Wishes wishes(Choice choice) {
    within("--rows", rows, 1, MOST_ROWS);
    within("--repeat", repeat, 1, 100);
    within("--with-accounts", accountsBefore, 0, MOST_ROWS);
    within("--settle", settle, 0, 600);
    long given = givenRows == null ? Math.min(rows, MOST_GIVEN_ROWS_BY_DEFAULT) : givenRows;
    within("--given-rows", given, 1, MOST_ROWS);
    long warmUp = warmUpRows == null ? Math.min(rows, WARM_UP_BY_DEFAULT) : warmUpRows;
    within("--warm-up", warmUp, 0, MOST_ROWS);
    return new Wishes(
        choice.endToEnd(), rows, given, accountsBefore, warmUp, Duration.ofSeconds(settle));
  }

  int repetitions() {
    return repeat;
  }

  private void within(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(Locale.ROOT, "%s must be %d to %d, not %d.", option, least, most, value));
    }
  }

  /** Made before anything is measured: it would be a pity to have nowhere to put it. */
  Path folder(Clock clock) {
    Path to =
        folder != null
            ? folder
            : Path.of(System.getProperty("muster.home", "."))
                .resolve(Path.of("benchmarks", "results", FOLDER.format(clock.instant())));
    try {
      return Files.createDirectories(to);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--out " + to + " can't be made: " + e.getMessage() + ".");
    }
  }
}
