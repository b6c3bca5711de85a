package io.muster.inbox.watch;

import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Not alive when a batch hangs: neither done nor waiting for something that is away. */
@Liveness
class IntakeLiveness implements HealthCheck {
  private final IntakeWatch watch;
  private final Duration hungAfter;

  IntakeLiveness(IntakeWatch watch, WatchConfig config) {
    this.watch = watch;
    this.hungAfter = config.hungAfter();
  }

  @Override
  public HealthCheckResponse call() {
    Duration standstill = watch.longestStandstill();
    return HealthCheckResponse.named("command-intake")
        .status(standstill.compareTo(hungAfter) < 0)
        .withData("standstillSeconds", standstill.toSeconds())
        .build();
  }
}
