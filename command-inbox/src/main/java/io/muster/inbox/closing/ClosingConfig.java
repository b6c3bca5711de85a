package io.muster.inbox.closing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a day's inbox and its siblings are forgotten. */
@ConfigMapping(prefix = "muster.inbox.closing")
public interface ClosingConfig {
  /**
   * For how long the longest of the topics keeps its records: until then a command may come again
   * and must find its outcome. 7 days at least, which the database insists on.
   */
  @WithDefault("7d")
  Duration topicRetention();

  /**
   * On top of that: a job stays open for 30 days after its end, so nothing younger is worth looking
   * at, and what was given back is still told when an account comes back from the recycle bin.
   */
  @WithDefault("30d")
  Duration keep();
}
