package io.muster.gateway.track.watch;

import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Not alive when a batch hangs; Kafka's own watchdog doesn't see that, its poll loop goes on. */
@Liveness
class TrackLiveness implements HealthCheck {
  /** Longer than any timeout of database and broker that a batch can run into. */
  private static final Duration HUNG_AFTER = Duration.ofMinutes(5);

  private final BatchWatch watch;

  TrackLiveness(BatchWatch watch) {
    this.watch = watch;
  }

  @Override
  public HealthCheckResponse call() {
    Duration standstill = watch.longestStandstill();
    return HealthCheckResponse.named("tracking")
        .status(standstill.compareTo(HUNG_AFTER) < 0)
        .withData("standstillSeconds", standstill.toSeconds())
        .build();
  }
}
