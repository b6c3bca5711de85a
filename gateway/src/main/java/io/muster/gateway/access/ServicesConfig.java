package io.muster.gateway.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where the other services are. */
@ConfigMapping(prefix = "muster.services")
public interface ServicesConfig {
  /** Base address of bulk-ingest-service, without a slash at the end. */
  URI bulkIngestUrl();

  /** Base address of user-service, without a slash at the end. */
  URI userUrl();

  /** Base address of license-service, without a slash at the end. */
  URI licenseUrl();

  /** Until a connection stands. The services are near: longer means away. */
  @WithDefault("2S")
  Duration connectTimeout();

  /** Until a call's answer begins. Uploads have none: their answer takes as long as the file. */
  @WithDefault("30S")
  Duration answerTimeout();
}
