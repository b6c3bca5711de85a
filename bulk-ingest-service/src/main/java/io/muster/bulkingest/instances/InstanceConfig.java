package io.muster.bulkingest.instances;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** This process among others of its kind. */
@ConfigMapping(prefix = "muster.instance")
public interface InstanceConfig {
  /** For operators; need not be unique. */
  @WithDefault("bulk-ingest-service")
  String name();

  /** How often it tells the others that it lives, and looks who does. */
  @WithDefault("1s")
  Duration heartbeat();

  /**
   * Who is silent for this long has no part of the window any more: some heartbeats, so that a
   * pause of garbage collection is no death. Its jobs go to others when their leases end.
   */
  @WithDefault("5s")
  Duration silence();
}
