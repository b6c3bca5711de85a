package io.muster.gateway.hr;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much HR's systems may send by HTTP. */
@ConfigMapping(prefix = "muster.hr-events")
public interface HrEventsConfig {
  /** Events of one call: with ordinary ones it is half of what a body may be. */
  @WithDefault("1000")
  int maxEvents();

  /**
   * How far an event's time may lie ahead of this service's clock. The same as {@code
   * muster.hr.time-ahead}: what is taken here shouldn't be a dead letter there.
   */
  @WithDefault("24h")
  Duration timeAhead();

  /** Calls at a time: each holds a thread until Kafka has its events, some milliseconds. */
  @WithDefault("32")
  int maxCalls();

  /** Until Kafka has them: longer means away, and the caller is told to come again. */
  @WithDefault("10s")
  Duration patience();
}
