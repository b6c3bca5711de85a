package io.muster.bulkingest.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Jobs that grow while they run. */
@ConfigMapping(prefix = "muster.stream")
public interface StreamConfig {
  /**
   * For so long behind its day a job takes rows: what fell due at the last moment is still on its
   * way through the feed, and clocks differ by seconds.
   */
  @WithDefault("10m")
  Duration closesAfterDay();

  /** How often is looked for days that are over, and for rows without an end. */
  @WithDefault("1s")
  Duration lookEvery();
}
