package io.muster.benchmarks;

import io.muster.benchmarks.report.Machine;
import io.muster.benchmarks.report.Report;
import io.muster.benchmarks.report.Software;
import io.muster.benchmarks.scenario.Bench;
import io.muster.benchmarks.scenario.EndToEndRun;
import io.muster.benchmarks.scenario.RunningEndToEnd;
import io.muster.benchmarks.scenario.Scenario;
import io.muster.benchmarks.scenario.Section;
import io.muster.benchmarks.scenario.Wishes;
import io.muster.benchmarks.stack.BenchStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** From nothing to the report: each repetition, and each of the other scenarios, on a new stack. */
final class WholeRun {
  private static final double NANOS = 1e9;

  private final Choice choice;
  private final Wishes wishes;
  private final int repetitions;
  private final Clock clock;
  private final Consumer<String> say;
  private final List<EndToEndRun> runs = new ArrayList<>();
  private final List<Section> sections = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private Software software = Software.withoutStack();

  WholeRun(Choice choice, Wishes wishes, int repetitions, Clock clock, Consumer<String> say) {
    this.choice = choice;
    this.wishes = wishes;
    this.repetitions = repetitions;
    this.clock = clock;
    this.say = say;
  }

  /**
   * Runs it all; what could not be run stands in the report.
   *
   * @throws io.muster.localstack.home.StackFailure the stack can't be started
   */
  Report run() throws IOException, InterruptedException {
    Instant date = clock.instant();
    long begin = System.nanoTime();
    Path work = Files.createTempDirectory("muster-benchmark-");
    try {
      for (int repetition = 1; repetition <= repetitions; repetition++) {
        endToEnd(repetition, work);
      }
      for (Scenario scenario : choice.others()) {
        for (int repetition = 1; repetition <= repetitions; repetition++) {
          other(scenario, repetition, work);
        }
      }
    } finally {
      remove(work);
    }
    return new Report(
        date,
        (System.nanoTime() - begin) / NANOS,
        Machine.here(),
        software,
        wishes,
        repetitions,
        runs,
        sections,
        broken);
  }

  private void endToEnd(int repetition, Path work) throws InterruptedException {
    if (choice.endToEnd().isEmpty()) {
      return;
    }
    try (BenchStack stack = start(repetition)) {
      try (RunningEndToEnd running =
          new RunningEndToEnd(bench(stack, repetition, work), wishes, choice.freshLimits())) {
        running.run(runs::add);
      }
    } catch (IOException | SQLException | RuntimeException e) {
      broke("the files", e);
    }
  }

  private void other(Scenario scenario, int repetition, Path work) throws InterruptedException {
    say.accept(scenario.name() + ": " + scenario.purpose());
    try (BenchStack stack = scenario.needsStack() ? start(repetition) : null) {
      sections.add(scenario.run(bench(stack, repetition, work)));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      broke(scenario.name(), e);
    }
  }

  private void broke(String what, Exception e) {
    if (e instanceof io.muster.localstack.home.StackFailure failure) {
      throw failure;
    }
    broken.add(what + " could not be run to the end: " + e);
  }

  private Bench bench(BenchStack stack, int repetition, Path work) {
    return new Bench(stack, wishes.rows(), repetition, repetitions, work, say);
  }

  private BenchStack start(int repetition) throws InterruptedException {
    say.accept(
        "starting PostgreSQL, Kafka and the four services"
            + (repetitions == 1 ? "" : ", run " + repetition + " of " + repetitions));
    BenchStack stack = BenchStack.start(say);
    try {
      software = Software.of(stack);
      return stack;
    } catch (SQLException e) {
      stack.close();
      throw new IllegalStateException("PostgreSQL doesn't tell its settings", e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException("can't remove " + folder, e);
    }
  }
}
