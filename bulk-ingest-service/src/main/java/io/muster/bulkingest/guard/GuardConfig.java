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
   * Rows of a guarded job that may be out beyond what its limit has room for: so it begins with as
   * many, and passes its limit by no more. As many as make a percentage mean something.
   */
  @WithDefault("100")
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
