package io.muster.benchmarks.loop;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the inner loops under JMH, each in a JVM of its own. */
public final class Loops {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final String HEAP = "-Xmx256m";

  private Loops() {}

  /**
   * A loop's figures.
   *
   * @param name class and method
   * @param opsPerSecond on one thread; an operation is a row, a message or a name
   * @param error of that rate, half of the 99.9 % interval
   * @param bytesPerOp allocated on the heap
   */
  public record LoopRate(String name, double opsPerSecond, double error, double bytesPerOp) {}

  /**
   * How long to measure each loop.
   *
   * @param warmUps rounds that aren't counted
   * @param rounds that are
   * @param secondsPerRound of either
   */
  public record Effort(int warmUps, int rounds, int secondsPerRound) {
    /** Some two minutes in all: enough to see a change of a tenth. */
    public static final Effort SHORT = new Effort(3, 4, 1);

    /** A quarter of an hour, for figures to be kept. */
    public static final Effort LONG = new Effort(5, 10, 4);
  }

  /**
   * Runs them one after the other, in the order of their names.
   *
   * @param named a regular expression over names; empty for all
   */
  public static List<LoopRate> run(Effort effort, String named) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options.include(Loops.class.getPackageName().replace(".", "\\.") + "\\..*" + named);
    options
        .mode(Mode.Throughput)
        .timeUnit(TimeUnit.SECONDS)
        .forks(1)
        .threads(1)
        // As the services run.
        .jvmArgs(HEAP, "-XX:+UseSerialGC")
        .warmupIterations(effort.warmUps())
        .warmupTime(TimeValue.seconds(effort.secondsPerRound()))
        .measurementIterations(effort.rounds())
        .measurementTime(TimeValue.seconds(effort.secondsPerRound()))
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
    return new Runner(options.build())
        .run().stream().map(Loops::rate).sorted(Comparator.comparing(LoopRate::name)).toList();
  }

  private static LoopRate rate(RunResult run) {
    Result<?> primary = run.getPrimaryResult();
    Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
    return new LoopRate(
        run.getParams().getBenchmark().replace(Loops.class.getPackageName() + ".", ""),
        primary.getScore(),
        primary.getScoreError(),
        allocated == null ? 0 : allocated.getScore());
  }
}
