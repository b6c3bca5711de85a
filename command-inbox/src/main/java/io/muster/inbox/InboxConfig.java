package io.muster.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient the inbox is. */
@ConfigMapping(prefix = "muster.inbox")
public interface InboxConfig {
  /** A batch's transaction. A batch takes well under a second; a lock may be waited for. */
  @WithDefault("60s")
  Duration transactionTimeout();

  /** Longest wait between two tries during an outage: what a recovery may cost on top. */
  @WithDefault("2s")
  Duration longestWait();

  /**
   * Without any progress for this long a batch counts as hung, and the service as not alive. Above
   * every time limit of a single step: transactionTimeout, and Kafka's delivery.timeout.ms of 120
   * s.
   */
  @WithDefault("5m")
  Duration hungAfter();
}
