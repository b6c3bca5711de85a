package io.muster.inbox.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient the inbox is. */
@ConfigMapping(prefix = "muster.inbox.watch")
public interface WatchConfig {
  /** Longest wait between two tries during an outage: what a recovery may cost on top. */
  @WithDefault("2s")
  Duration longestWait();

  /**
   * Without any progress for this long a batch counts as hung, and the service as not alive. Above
   * every time limit of a single step: a transaction's 60 s, and Kafka's delivery.timeout.ms, 120
   * s.
   */
  @WithDefault("5m")
  Duration hungAfter();
}
