package io.muster.user.behind;

import java.time.Duration;

/** Round figures. */
final class SomeConfig implements BehindConfig {
  @Override
  public double shareWhileJobsRun() {
    return 0.2;
  }

  @Override
  public Duration quietAfter() {
    return Duration.ofSeconds(3);
  }

  @Override
  public long bigJob() {
    return 5_000;
  }

  @Override
  public Duration longestWait() {
    return Duration.ofMinutes(5);
  }

  @Override
  public Duration foundWithin() {
    return Duration.ofSeconds(40);
  }

  @Override
  public long rateUntilSeen() {
    return 10_000;
  }

  @Override
  public int rowsAtOnce() {
    return 10_000;
  }
}
