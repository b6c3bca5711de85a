package io.muster.inbox.closing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a day's inbox and its siblings are forgotten. */
@ConfigMapping(prefix = "muster.inbox.closing")
public interface ClosingConfig {
  /**
   * For how long the longest of the topics keeps its records: until then a command may come again
   * and must find its outcome. The catalogue's 7 days, and the half day that a record may lie in a
   * segment that is still written to; less is refused at the start, and by the database.
   */
  @WithDefault("8d")
  Duration topicRetention();

  /**
   * On top of that: a job stays open for 30 days after its end, so nothing younger is worth looking
   * at, and what was given back is still told when an account comes back from the recycle bin.
   */
  @WithDefault("30d")
  Duration keep();

  /** How often is looked for days to forget: one comes every day. */
  @WithDefault("1h")
  Duration lookEvery();
}
