package io.muster.inbox.report;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the tenants' other systems hear of changed accounts. */
@ConfigMapping(prefix = "muster.account-events")
public interface AccountEventsConfig {
  /**
   * Whether account events are sent. On, so that who comes to listen finds the last 7 days; where
   * nobody ever will, off saves a record for each row on the bus.
   */
  @WithDefault("true")
  boolean enabled();
}
