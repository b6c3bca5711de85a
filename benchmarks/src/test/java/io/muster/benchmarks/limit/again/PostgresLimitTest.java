package io.muster.benchmarks.limit.again;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresLimitTest {
  @Test
  void what_follows_the_commands_makes_the_second_rate_lower() {
    // Given
    PostgresLimit limit =
        new PostgresLimit(10_000, 2, 2_000, 0.5, 0.3, 25_000_000, List.of(), List.of());

    // When
    double withAll = limit.rowsPerSecondWithAllThatFollows();

    // Then
    assertThat(withAll).isEqualTo(12_500);
    assertThat(limit.rowsPerSecond()).isEqualTo(20_000);
    assertThat(limit.walBytesPerRow()).isEqualTo(2_500);
  }

  @Test
  void a_scenario_that_wrote_nothing_has_no_rate() {
    // Given
    PostgresLimit limit = new PostgresLimit(0, 2, 2_000, 0, 0, 0, List.of(), List.of());

    // When
    double rate = limit.rowsPerSecond();

    // Then
    assertThat(rate).isZero();
    assertThat(limit.walBytesPerRow()).isZero();
  }

  @Test
  void of_a_huge_scenario_only_a_part_is_written_again() {
    // Given
    PostgresAlone.Settings settings = PostgresAlone.Settings.of("contoso", 10_000_000);

    // When
    double share = settings.share();

    // Then
    assertThat(share).isEqualTo(0.1);
    assertThat(settings.rowsAgain()).isEqualTo(1_000_000);
    assertThat(settings.batches()).isEqualTo(500);
  }

  @Test
  void the_last_batch_may_be_a_short_one() {
    // Given
    PostgresAlone.Settings settings = PostgresAlone.Settings.of("contoso", 2_001);

    // When
    int batches = settings.batches();

    // Then
    assertThat(batches).isEqualTo(2);
    assertThat(settings.share()).isEqualTo(1);
  }
}
