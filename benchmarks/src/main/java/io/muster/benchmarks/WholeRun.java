package io.muster.benchmarks;

import io.muster.benchmarks.limit.postgresql.Folders;
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
import io.muster.localstack.home.PrivateFiles;
import io.muster.localstack.home.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
   * @throws StackFailure the stack can't be started
   */
  Report run() throws InterruptedException {
    Instant date = clock.instant();
    long begin = System.nanoTime();
    for (int repetition = 1; repetition <= repetitions; repetition++) {
      endToEnd(repetition);
    }
    for (Scenario scenario : choice.others()) {
      for (int repetition = 1; repetition <= repetitions; repetition++) {
        other(scenario, repetition);
      }
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

  private void endToEnd(int repetition) throws InterruptedException {
    if (choice.endToEnd().isEmpty()) {
      return;
    }
    try (BenchStack stack = start(repetition)) {
      try (RunningEndToEnd running =
          new RunningEndToEnd(
              bench(stack, repetition, work(stack)), wishes, choice.freshLimits())) {
        running.run(runs::add);
      }
    } catch (IOException | SQLException | RuntimeException e) {
      broke("the files", e);
    }
  }

  private void other(Scenario scenario, int repetition) throws InterruptedException {
    say.accept(scenario.name() + ": " + scenario.purpose());
    try {
      sections.add(
          scenario.needsStack() ? onAStack(scenario, repetition) : alone(scenario, repetition));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      broke(scenario.name(), e);
    }
  }

  private Section onAStack(Scenario scenario, int repetition) throws Exception {
    try (BenchStack stack = start(repetition)) {
      return scenario.run(bench(stack, repetition, work(stack)));
    }
  }

  private Section alone(Scenario scenario, int repetition) throws Exception {
    Path work = Folders.temporary("muster-benchmark-");
    try {
      return scenario.run(bench(null, repetition, work));
    } finally {
      PrivateFiles.remove(work);
    }
  }

  /** In the stack's own folder, which goes with it, also when this process is killed. */
  private static Path work(BenchStack stack) throws IOException {
    return Files.createDirectories(stack.folder().resolve("benchmark"));
  }

  private void broke(String what, Exception e) {
    if (e instanceof StackFailure failure) {
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
}
