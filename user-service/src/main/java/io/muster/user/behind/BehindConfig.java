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
  @WithDefault("0.1")
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
   * No more rows of all jobs together wait than are followed up in so long when no job runs, at the
   * rate that was seen when none did: what a job has added is to be found within a minute of its
   * end, three seconds of which pass until it counts as ended.
   */
  @WithDefault("45s")
  Duration foundWithin();

  /** Rows a second; what is taken for that rate until it has been seen. */
  @WithDefault("13000")
  long rateUntilSeen();

  /** Rows of one transaction: each key of the search's index is gone to once for them. */
  @WithDefault("10000")
  int rowsAtOnce();
}
