package io.muster.benchmarks.limit.alone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final long MILLISECOND = 1_000_000;

  @Test
  void a_percentile_is_a_time_that_was_really_taken() {
    // Given a hundred calls, the slowest first
    List<Long> nanos =
        LongStream.rangeClosed(1, 100).map(n -> (101 - n) * MILLISECOND).boxed().toList();

    // When
    Latencies latencies = Latencies.of(nanos);

    // Then
    assertThat(latencies).isEqualTo(new Latencies(50, 95, 99, 100));
  }

  @Test
  void a_single_call_is_all_of_them() {
    // When
    Latencies latencies = Latencies.of(List.of(3 * MILLISECOND));

    // Then
    assertThat(latencies).isEqualTo(new Latencies(3, 3, 3, 3));
  }

  @Test
  void no_calls_took_no_time() {
    // When
    Latencies latencies = Latencies.of(List.of());

    // Then
    assertThat(latencies).isEqualTo(new Latencies(0, 0, 0, 0));
  }
}
