package io.muster.bulkingest.guard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a job stops itself and asks. */
@ConfigMapping(prefix = "muster.guard")
public interface GuardConfig {
  /** Jobs of more rows than this are guarded: a smaller one is over before anyone could look. */
  @WithDefault("100")
  long guardedAbove();

  /** Finished rows before a percentage means anything. */
  @WithDefault("100")
  long finishedRows();

  /** Of the finished rows, failed, that stop a job which asked for no limit of its own. */
  @WithDefault("20")
  int failedPercent();

  /**
   * Rows that a guarded job sends before anything is known of its failures, and beside twice as
   * many as have come back. Counts come every second, in which a whole file of 20,000 rows is sent:
   * without this its guard would look on.
   */
  @WithDefault("5000")
  long unseenRows();

  /** Accounts that a tenant's jobs may always remove or disable within the window. */
  @WithDefault("50")
  long blastRadiusAccounts();

  /** And of a tenant's active accounts so many of a hundred, where that is more. */
  @WithDefault("20")
  int blastRadiusPercent();

  /** How long a removed or disabled row counts. At least a few minutes: it is kept in tenths. */
  @WithDefault("24h")
  Duration blastRadiusWindow();
}
