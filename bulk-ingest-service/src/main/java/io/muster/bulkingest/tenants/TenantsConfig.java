package io.muster.bulkingest.tenants;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may be a tenant. */
@ConfigMapping(prefix = "muster.tenants")
public interface TenantsConfig {
  /**
   * Whether a tenant that an issuer speaks for, and nobody has registered, is registered by its
   * first upload or call. Otherwise operators register it with {@code PUT /v1/tenants/{tenant}}.
   */
  @WithDefault("true")
  boolean registerAtFirstUse();
}
