package io.muster.benchmarks.scenario;

import java.time.Duration;
import java.util.Set;

/**
 * How the scenarios are to be run.
 *
 * @param scenarios which
 * @param rows of each file but those with given passwords
 * @param givenRows of a file with given passwords
 * @param accountsBefore that are there already
 * @param warmUpRows that are added and enabled before anything is measured, so that the services'
 *     code is compiled; 0 = measured from a cold start
 * @param quiet how long the stack must have been idle before it is looked at
 */
public record Wishes(
    Set<EndToEnd> scenarios,
    long rows,
    long givenRows,
    long accountsBefore,
    long warmUpRows,
    Duration quiet) {
  public Wishes {
    scenarios = Set.copyOf(scenarios);
  }

  long rowsOf(EndToEnd scenario) {
    return scenario.givesPasswords() ? givenRows : rows;
  }
}
