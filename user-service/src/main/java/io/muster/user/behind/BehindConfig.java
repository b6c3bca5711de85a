package io.muster.user.behind;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How the jobs and what is done behind them share the machine.
 *
 * <p>docs/decisions/0023-how-a-million-are-searched.md
 */
@ConfigMapping(prefix = "muster.behind")
public interface BehindConfig {
  /**
   * Of the time, for each of the two steps of each instance, while big jobs run: what is spent
   * behind a job is missing from it. What is left is done at full speed when it is over.
   */
  @WithDefault("0.2")
  double shareWhileJobsRun();

  /** A job without a new change for so long doesn't run. Longer than a turn of other jobs. */
  @WithDefault("3s")
  Duration quietAfter();

  /** Rows; a job with fewer of them waiting isn't big, and followed at once. */
  @WithDefault("5000")
  long bigJob();

  /** How far a job that doesn't end may be ahead. */
  @WithDefault("5m")
  Duration longestWait();

  /**
   * Rows of all jobs together: no more than can be followed up within the minute in which what a
   * job has added is to be found.
   */
  @WithDefault("600000")
  long mostWaiting();

  /** Rows of one transaction: each key of the search's index is gone to once for them. */
  @WithDefault("10000")
  int rowsAtOnce();
}
