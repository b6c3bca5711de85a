package io.muster.benchmarks.limit;

import io.muster.benchmarks.stack.BenchStack;
import java.util.List;
import java.util.function.Consumer;

/**
 * Something that the pipeline's rate is held against, measured in the same run on the same machine.
 * Found by {@link java.util.ServiceLoader}; needs a public constructor without parameters.
 *
 * <p>An instance lives for one run of the benchmark. For each scenario that it concerns it is
 * called by one thread: {@link #before}, then the scenario runs, then {@link #measure}. At both
 * calls the stack is idle, and whatever they take isn't counted as the scenario's.
 */
public interface Limit {
  /** Stable, lower case with hyphens; for progress lines and messages. */
  String name();

  /**
   * Whether it has something to say about that scenario.
   *
   * @param scenario its name, such as {@code enable-given}
   */
  boolean concerns(String scenario);

  /**
   * Remembers how things stand before the scenario, if it has to.
   *
   * @param scenario its name
   * @throws Exception it can't be measured for this scenario; told in the report, the run goes on
   */
  default void before(String scenario, BenchStack stack) throws Exception {}

  /**
   * Measures, after the scenario. Leaves nothing running and nothing of size on disk.
   *
   * @param say gets lines of progress
   * @return one or more, the slowest bounding one being the scenario's limit
   * @throws Exception it can't be measured for this scenario; told in the report, the run goes on
   */
  List<MeasuredLimit> measure(ScenarioFacts facts, BenchStack stack, Consumer<String> say)
      throws Exception;
}
