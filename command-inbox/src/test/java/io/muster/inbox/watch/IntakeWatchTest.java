package io.muster.inbox.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.inbox.watch.IntakeWatch.Stopping;
import io.muster.inbox.watch.IntakeWatch.Watched;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class IntakeWatchTest {
  private final SettableClock clock = new SettableClock();
  private final IntakeWatch watch = new IntakeWatch(clock, Duration.ofMillis(1));
  private final IntakeReadiness readiness = new IntakeReadiness(watch);
  private final IntakeLiveness liveness = new IntakeLiveness(watch, new FiveMinutes());

  @Test
  void whoeverWaitsForTheDatabaseIsAliveAndNotReady() {
    try (Watched batch = watch.begin()) {
      batch.waitOut(new IllegalStateException("never shown"));

      assertThat(readiness.call().getStatus()).isEqualTo(Status.DOWN);
      assertThat(readiness.call().getData().orElseThrow())
          .containsEntry("waitingOut", "IllegalStateException");
      assertThat(liveness.call().getStatus()).isEqualTo(Status.UP);

      batch.moved();
      assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
    }
  }

  @Test
  void whatHangsIsNotAlive() {
    try (Watched batch = watch.begin()) {
      clock.now = clock.now.plus(Duration.ofMinutes(5));
      assertThat(liveness.call().getStatus()).isEqualTo(Status.DOWN);

      batch.moved();
      assertThat(liveness.call().getStatus()).isEqualTo(Status.UP);
    }
  }

  @Test
  void whatIsDoneHangsNoLonger() {
    watch.begin().close();
    clock.now = clock.now.plus(Duration.ofDays(1));

    assertThat(liveness.call().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void aWaitEndsWhenTheServiceStops() {
    watch.stop(null);

    try (Watched batch = watch.begin()) {
      assertThatThrownBy(() -> batch.waitOut(new IllegalStateException()))
          .isInstanceOf(Stopping.class);
    }
  }

  private static final class FiveMinutes implements WatchConfig {
    @Override
    public Duration longestWait() {
      return Duration.ofMillis(1);
    }

    @Override
    public Duration hungAfter() {
      return Duration.ofMinutes(5);
    }
  }

  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
