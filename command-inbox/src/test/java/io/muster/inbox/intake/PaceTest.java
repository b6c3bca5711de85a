package io.muster.inbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many rows a batch may have. */
class PaceTest {
  private final Pace pace = new Pace(1_500);

  @Test
  void itIsTheMostUntilSomethingIsKnown() {
    assertThat(pace.atOnce()).isEqualTo(1_500);

    took(10, Duration.ofSeconds(1));

    assertThat(pace.atOnce()).as("a few rows say nothing").isEqualTo(1_500);
  }

  @Test
  void itIsWhatAQuarterOfASecondDoes() {
    took(1_000, Duration.ofMillis(250));

    assertThat(pace.atOnce()).isEqualTo(1_000);
  }

  @Test
  void itIsNeverMoreThanTheMostNorTooFewToBeWorthIt() {
    took(1_000, Duration.ofMillis(10));
    assertThat(pace.atOnce()).isEqualTo(1_500);

    took(1_000, Duration.ofSeconds(60));
    assertThat(pace.atOnce()).isEqualTo(500);
  }

  @Test
  void anOutageIsForgotten() {
    took(1_000, Duration.ofSeconds(60));
    for (int batch = 0; batch < 20; batch++) {
      took(500, Duration.ofMillis(100));
    }

    assertThat(pace.atOnce()).isGreaterThan(900);
  }

  private void took(int rows, Duration time) {
    pace.took(rows, time.toNanos());
  }
}
