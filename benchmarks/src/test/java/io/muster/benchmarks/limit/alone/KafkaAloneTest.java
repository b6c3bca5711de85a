package io.muster.benchmarks.limit.alone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class KafkaAloneTest {
  @Test
  void the_producers_last_line_is_the_one_about_all_messages() {
    // Given what Kafka 4.1's tool prints
    String output =
        """
        Reading payloads from: /tmp/payload
        Number of messages read: 10000
        402113 records sent, 80422.6 records/sec (30.12 MB/sec), 812.1 ms avg latency, 1203.0 ms max latency.
        1000000 records sent, 214500.4 records/sec (81.40 MB/sec), 640.12 ms avg latency, 1203.00 ms max latency, 610 ms 50th, 1100 ms 95th, 1180 ms 99th, 1200 ms 99.9th.
        """;

    // When
    Optional<Double> rate = KafkaAlone.produced(output);

    // Then
    assertThat(rate).contains(214500.4);
  }

  @Test
  void the_consumers_rate_is_the_one_without_the_rebalance() {
    // Given
    String output =
        """
        start.time, end.time, data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec, rebalance.time.ms, fetch.time.ms, fetch.MB.sec, fetch.nMsg.sec
        2026-11-25 02:00:00:000, 2026-11-25 02:00:04:000, 381.46, 95.36, 1000000, 250000.0000, 3000, 1000, 381.46, 1000000.0000
        """;

    // When
    Optional<Double> rate = KafkaAlone.consumed(output);

    // Then
    assertThat(rate).contains(1_000_000.0);
  }

  @Test
  void a_tool_that_failed_told_no_rate() {
    // Given
    String output = "ERROR Uncaught exception in thread 'main': no broker\n";

    // When
    Optional<Double> produced = KafkaAlone.produced(output);

    // Then
    assertThat(produced).isEmpty();
    assertThat(KafkaAlone.consumed(output)).isEmpty();
  }
}
