package io.muster.user.password.handout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is remembered of hand-outs that are gone. */
@ConfigMapping(prefix = "muster.handouts")
public interface HandoutConfig {
  /**
   * For how long a job's hand-outs are known to have been collected or shredded: as long as the
   * gateway shows the job, which answers 410 for them.
   */
  @WithDefault("400D")
  Duration remembered();
}
