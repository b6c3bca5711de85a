package io.muster.user.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much may wait: what is done in 40 s. */
class RateWhenQuietTest {
  private final RateWhenQuiet rate = new RateWhenQuiet(new SomeConfig());

  @Test
  void isWhatTheConfigurationTakesForItUntilItIsSeen() {
    assertThat(rate.mostWaiting()).isEqualTo(400_000);
  }

  @Test
  void lessWaitsOnASlowMachine() {
    for (int portion = 0; portion < 100; portion++) {
      rate.filled(10_000, Duration.ofSeconds(5));
    }

    assertThat(rate.mostWaiting()).isCloseTo(80_000, within(2_000L));
  }

  @Test
  void moreWaitsOnAQuickOne() {
    for (int portion = 0; portion < 100; portion++) {
      rate.filled(10_000, Duration.ofMillis(400));
    }

    assertThat(rate.mostWaiting()).isCloseTo(1_000_000, within(20_000L));
  }

  @Test
  void aFewRowsSayNothingOfMany() {
    rate.filled(100, Duration.ofSeconds(50));

    assertThat(rate.mostWaiting()).isEqualTo(400_000);
  }

  @Test
  void asManyAsABigJobHasMayWaitOnAnyMachine() {
    for (int portion = 0; portion < 100; portion++) {
      rate.filled(10_000, Duration.ofHours(1));
    }

    assertThat(rate.mostWaiting()).isEqualTo(5_000);
  }
}
