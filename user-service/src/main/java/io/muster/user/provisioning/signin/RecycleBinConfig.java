package io.muster.user.provisioning.signin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The recycle bin for removed accounts. */
@ConfigMapping(prefix = "muster.recycle-bin")
public interface RecycleBinConfig {
  /** How long a removed account can be restored; API.md promises 30 days. */
  @WithDefault("30d")
  Duration keeps();
}
