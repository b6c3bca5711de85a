package io.muster.benchmarks.limit.again;

import java.util.List;

/**
 * How fast PostgreSQL alone wrote what a scenario wrote.
 *
 * @param rows of the scenario whose writes were written again
 * @param connections at a time
 * @param rowsPerBatch rows of the scenario in one transaction of each service
 * @param seconds for what is written with the commands
 * @param secondsBehind for what is filled behind the jobs: search and the audit's index of users
 * @param walBytes that all of it took
 * @param tables what was written
 * @param leftOut what was not, and why; each makes the limit higher than it should be, never lower
 */
public record PostgresLimit(
    long rows,
    int connections,
    int rowsPerBatch,
    double seconds,
    double secondsBehind,
    long walBytes,
    List<Table> tables,
    List<String> leftOut) {
  /**
   * Writes to a table, in rows of the table.
   *
   * @param behind the jobs, not with the commands
   */
  public record Table(
      String service, String name, long inserted, long updated, long deleted, boolean behind) {}

  public PostgresLimit {
    tables = List.copyOf(tables);
    leftOut = List.copyOf(leftOut);
  }

  /** Rows of the scenario per second, of what is written with the commands. */
  public double rowsPerSecond() {
    return rate(seconds);
  }

  /** Rows of the scenario per second, with what is filled behind the jobs. */
  public double rowsPerSecondWithAllThatFollows() {
    return rate(seconds + secondsBehind);
  }

  /** Of the write-ahead log for each row of the scenario. */
  public double walBytesPerRow() {
    return rows == 0 ? 0 : (double) walBytes / rows;
  }

  private double rate(double taken) {
    return taken == 0 ? 0 : rows / taken;
  }
}
