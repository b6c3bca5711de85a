package io.muster.bulkingest.closing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What becomes of jobs when they are over. */
@ConfigMapping(prefix = "muster.closing")
public interface ClosingConfig {
  /**
   * How long a job stays open after its end, for retry, undo and reports, unless somebody closes it
   * sooner. It keeps its spool, its failures and its day's changes for as long: what large tenants
   * do daily takes less room with less. Given passwords are good for 14 days anyway.
   */
  @WithDefault("30D")
  Duration openAfterEnd();

  /** How often is looked for jobs whose time has passed: they are kept for days. */
  @WithDefault("1m")
  Duration closeEvery();

  /**
   * How long a closed job itself is kept, without its rows: a year, and a month to look back in. As
   * long as the gateway shows its numbers.
   */
  @WithDefault("400D")
  Duration keepJobs();

  /** The same of jobs of single calls: there may be millions a day, and nobody lists them. */
  @WithDefault("7D")
  Duration keepSingleCalls();

  /** How often is looked for what can be forgotten, and for spools that a failed disk left. */
  @WithDefault("1h")
  Duration forgetEvery();
}
