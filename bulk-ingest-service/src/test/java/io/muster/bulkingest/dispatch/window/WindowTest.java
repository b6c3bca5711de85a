package io.muster.bulkingest.dispatch.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WindowTest {
  private final Steps clock = new Steps();
  private final WindowConfig config =
      new Configured(Duration.ofMillis(300), 1_000, 2_000, 20_000, Duration.ofMillis(550));
  private final Throughput throughput = new Throughput(clock, 5_000, 100);
  private double share = 1;
  private final Window window = new Window(config, throughput, () -> share);

  @Test
  void itHoldsWhatIsDoneInItsTimeAndWhatBatchesHoldBack() {
    work(10_000, 0, 10);

    assertThat(window.size()).isEqualTo(3_000 + 1_000);
  }

  @Test
  void aLullDoesNotShrinkIt() {
    work(10_000, 0, 10);
    work(100, 0, 10);

    assertThat(window.size()).isEqualTo(4_000);
    work(5_000, 0, 60);
    assertThat(window.size()).as("it is that slow for good").isEqualTo(2_500);
  }

  @Test
  void whatComesWhileNothingWaitsTellsNothing() {
    work(10_000, 0, 10);
    for (int second = 0; second < 60; second++) {
      clock.now = clock.now.plusSeconds(1);
      throughput.ended(10, 0, false);
    }

    assertThat(window.size()).isEqualTo(4_000);
  }

  @Test
  void itStaysWithinItsBounds() {
    work(100, 0, 60);
    assertThat(window.size()).isEqualTo(2_000);

    work(1_000_000, 0, 60);
    assertThat(window.size()).isEqualTo(20_000);
  }

  @Test
  void aDispatcherTakesItsShareAndOneTurnAtTheLeast() {
    work(10_000, 0, 10);

    share = 0.25;
    assertThat(window.size()).isEqualTo(1_000);
    share = 0.000_1;
    assertThat(window.size()).isEqualTo(100);
  }

  @Test
  void passwordsFillItInTheTimeThatTheirHashesTake() {
    work(10_000, 0, 10);
    work(0, 200, 60);

    assertThat(window.costs().given()).as("110 of them").isEqualTo(Math.round(4_000 / 110f));
  }

  @Test
  void whoHearsOfHalfOfThePasswordsHasHalfOfThemOutAtTheSamePrice() {
    work(10_000, 0, 10);
    work(0, 100, 60);
    int alone = window.costs().given();

    share = 0.5;
    work(0, 50, 60);

    assertThat(window.costs().given()).isBetween(alone - 2, alone + 2);
  }

  @Test
  void passwordsAmongOtherRowsDoNotMakeTheOthersSlow() {
    work(10_000, 0, 10);
    for (int i = 0; i < 20; i++) {
      clock.now = clock.now.plusMillis(500);
      throughput.ended(20, 40, true);
    }

    assertThat(window.size()).isEqualTo(4_000);
  }

  @Test
  void enoughPasswordsAreOutForAllCoresHoweverLongEachTakes() {
    work(0, 1, 60);

    assertThat(window.size() / window.costs().given()).isBetween(62L, 66L);
  }

  /** That many a second, in lumps ten times a second. */
  private void work(int commands, int hashes, int seconds) {
    for (int i = 0; i < seconds * 10; i++) {
      clock.now = clock.now.plusMillis(100);
      throughput.ended(commands / 10, hashes == 1 ? (i % 10 == 0 ? 1 : 0) : hashes / 10, true);
    }
  }

  private record Configured(
      Duration time, int heldBack, int narrowest, int widest, Duration hashing)
      implements WindowConfig {}

  private static final class Steps extends Clock {
    private Instant now = Instant.parse("2026-11-25T00:00:00Z");

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
