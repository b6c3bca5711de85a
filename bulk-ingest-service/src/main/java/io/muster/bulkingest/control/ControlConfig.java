package io.muster.bulkingest.control;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How jobs are looked after when they are over. */
@ConfigMapping(prefix = "muster.control")
public interface ControlConfig {
  /** How often is looked for jobs whose time has passed: they are kept for days. */
  @WithDefault("1m")
  Duration closeEvery();
}
