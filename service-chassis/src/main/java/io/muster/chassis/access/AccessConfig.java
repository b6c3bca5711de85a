package io.muster.chassis.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whose tokens are taken, and for whom. */
@ConfigMapping(prefix = "muster.access")
public interface AccessConfig {
  /** The issuer that tokens must name; the same as {@code mp.jwt.verify.issuer}. */
  String issuer();

  /** Regular expression of the tenants that this issuer speaks for. */
  @WithDefault("[a-z0-9-]+")
  String tenants();
}
