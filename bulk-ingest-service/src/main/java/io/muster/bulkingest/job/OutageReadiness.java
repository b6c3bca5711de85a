package io.muster.bulkingest.job;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while a consumer waits out an outage: what it reads doesn't move on. */
@ApplicationScoped
@Readiness
public class OutageReadiness implements HealthCheck {
  private final OutageWait wait;

  OutageReadiness(OutageWait wait) {
    this.wait = wait;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("consumers move on").status(!wait.waits()).build();
  }
}
