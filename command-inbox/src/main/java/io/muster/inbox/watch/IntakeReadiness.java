package io.muster.inbox.watch;

import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while a batch waits for a database or broker. */
@Readiness
class IntakeReadiness implements HealthCheck {
  private final IntakeWatch watch;

  IntakeReadiness(IntakeWatch watch) {
    this.watch = watch;
  }

  @Override
  public HealthCheckResponse call() {
    Optional<String> outage = watch.outage();
    var response = HealthCheckResponse.named("command-intake").status(outage.isEmpty());
    outage.ifPresent(what -> response.withData("waitingOut", what));
    return response.build();
  }
}
