package io.muster.benchmarks.scenario;

/**
 * Something that {@code --scenario} can name. Those of other packages are found by {@link
 * java.util.ServiceLoader} and need a public constructor without parameters.
 */
public interface Scenario {
  /** As on the command line: lower case with hyphens. */
  String name();

  /** What it does, in one line, for {@code --help} and the report. */
  String purpose();

  /** Whether it runs when the command line names no scenario. */
  boolean byDefault();

  /** Whether it works on a running stack; otherwise {@link Bench#stack} has none to give. */
  boolean needsStack();

  /**
   * Runs to its end, once. Leaves nothing running but the stack.
   *
   * @throws Exception it could not be run; the benchmark ends with exit code 1
   */
  Section run(Bench bench) throws Exception;
}
