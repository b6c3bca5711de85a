package io.muster.bulkingest.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private static final UUID JOB = UUID.randomUUID();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MovableClock clock = new MovableClock();
  private final InFlight inFlight = new InFlight(clock);

  @Test
  void aRepeatedResultCountsOnce() {
    long slice = inFlight.sent(JOB, 11, new long[] {11, 12, 15});

    inFlight.answered(slice, JOB, 12);
    inFlight.answered(slice, JOB, 12);

    assertThat(inFlight.rowsOut()).isEqualTo(2);
    assertThat(inFlight.waitsFor(JOB)).isTrue();
  }

  @Test
  void aResultOfAnUnknownSliceOrAForeignJobCountsNothing() {
    long slice = inFlight.sent(JOB, 1, new long[] {1, 2});

    inFlight.answered(slice + 1, JOB, 1);
    inFlight.answered(slice, UUID.randomUUID(), 1);
    inFlight.answered(slice, JOB, 0);

    assertThat(inFlight.rowsOut()).isEqualTo(2);
  }

  @Test
  void whenEverythingCameBackNothingIsOut() {
    long slice = inFlight.sent(JOB, 1, new long[] {1, 2});

    inFlight.answered(slice, JOB, 2);
    inFlight.answered(slice, JOB, 1);

    assertThat(inFlight.rowsOut()).isZero();
    assertThat(inFlight.waitsFor(JOB)).isFalse();
  }

  @Test
  void aSliceWhoseResultsNeverComeDoesNotHoldTheWindowForEver() {
    inFlight.sent(JOB, 1, new long[] {1, 2});
    clock.pass(PATIENCE.multipliedBy(3));
    long later = inFlight.sent(JOB, 3, new long[] {3});
    inFlight.answered(later, JOB, 3);

    inFlight.giveUpAfter(PATIENCE);

    assertThat(inFlight.rowsOut()).isZero();
  }

  @Test
  void whileNobodyAnswersOnlyOneSliceAtATimeIsGivenUp() {
    inFlight.sent(JOB, 1, new long[] {1, 2});
    inFlight.sent(JOB, 3, new long[] {3, 4});
    clock.pass(PATIENCE.multipliedBy(3));

    inFlight.giveUpAfter(PATIENCE);
    inFlight.giveUpAfter(PATIENCE);

    assertThat(inFlight.rowsOut()).isEqualTo(2);
  }

  private static final class MovableClock extends Clock {
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

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
