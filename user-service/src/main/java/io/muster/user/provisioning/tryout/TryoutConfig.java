package io.muster.user.provisioning.tryout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Dry runs. */
@ConfigMapping(prefix = "muster.dry-runs")
public interface TryoutConfig {
  /**
   * How long after a job's day what its dry run would have changed is known. One that is paused for
   * longer goes on as if its earlier rows had done nothing.
   */
  @WithDefault("8d")
  Duration keeps();
}
