package io.muster.bulkingest.guard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Where user-service is. */
@ConfigMapping(prefix = "muster.services")
public interface UserServiceConfig {
  /** Base addresses of user-service's instances, without a slash at the end. */
  List<URI> userUrl();

  /** Until a connection stands: the services are near, longer means away. */
  @WithDefault("2S")
  Duration connectTimeout();

  /** Counting a million accounts takes a fraction of a second. */
  @WithDefault("10S")
  Duration answerTimeout();
}
