package io.muster.gateway.track.watch;

import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while a batch waits for the database or the broker. */
@Readiness
class TrackReadiness implements HealthCheck {
  private final BatchWatch watch;

  TrackReadiness(BatchWatch watch) {
    this.watch = watch;
  }

  @Override
  public HealthCheckResponse call() {
    Optional<String> outage = watch.outage();
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("tracking").status(outage.isEmpty());
    outage.ifPresent(what -> answer.withData("waitsFor", what));
    return answer.build();
  }
}
