package io.muster.inbox.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The inbox's transactions. */
@ConfigMapping(prefix = "muster.inbox.transaction")
public interface TransactionConfig {
  /** A batch takes well under a second; a lock may have to be waited for. */
  @WithDefault("60s")
  Duration timeout();
}
