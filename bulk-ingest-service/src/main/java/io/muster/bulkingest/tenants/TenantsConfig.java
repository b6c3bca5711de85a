package io.muster.bulkingest.tenants;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Who may be a tenant. */
@ConfigMapping(prefix = "muster.tenants")
public interface TenantsConfig {
  /**
   * Whether a tenant that an issuer speaks for, and nobody has registered, is registered by its
   * first upload or call. Otherwise operators register it with {@code PUT /v1/tenants/{tenant}}.
   */
  @WithDefault("true")
  boolean registerAtFirstUse();

  /**
   * Calls on single users that a tenant may make a minute, unless operators gave it a quota of its
   * own: more than people and their scripts need, less than what would keep two cores busy with one
   * tenant. Files are the way for many users.
   */
  @WithDefault("3000")
  int singleCallsPerMinute();

  /** Whoever was quiet may make as many at once as flow in within that time. */
  @WithDefault("10s")
  Duration singleCallBurst();
}
