package io.muster.user.password.change;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Where the other services are. */
@ConfigMapping(prefix = "muster.services")
public interface ServicesConfig {
  /** Base addresses of bulk-ingest-service's instances, without a slash at the end. */
  List<URI> bulkIngestUrl();

  /** Until a connection stands, and until the answer: the services are near, longer means away. */
  @WithDefault("2S")
  Duration connectTimeout();

  /** A number is drawn in a millisecond. */
  @WithDefault("5S")
  Duration answerTimeout();
}
