package io.muster.gateway.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where the other services are. Each may run as several instances: their addresses are separated by
 * commas, calls take turns among them and pass by what can't be reached.
 */
@ConfigMapping(prefix = "muster.services")
public interface ServicesConfig {
  /** Base addresses of bulk-ingest-service, without a slash at the end. */
  List<URI> bulkIngestUrl();

  /** Base addresses of user-service, without a slash at the end. */
  List<URI> userUrl();

  /** Base addresses of license-service, without a slash at the end. */
  List<URI> licenseUrl();

  /** Until a connection stands. The services are near: longer means away. */
  @WithDefault("2S")
  Duration connectTimeout();

  /** Until a call's answer begins. Uploads have none: their answer takes as long as the file. */
  @WithDefault("30S")
  Duration answerTimeout();
}
