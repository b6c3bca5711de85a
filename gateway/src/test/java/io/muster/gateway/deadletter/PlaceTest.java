package io.muster.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  @Test
  void aPlaceIsTopicPartitionAndOffset() {
    assertThat(Place.of("muster.row-results/11/123456789012"))
        .contains(new Place(new TopicPartition("muster.row-results", 11), 123_456_789_012L));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "muster.row-results/1",
        "muster.row-results/x/1",
        "muster.row-results/1/-1",
        "muster.row-results/1/99999999999999999999",
        "__consumer_offsets/1/1",
        "muster.row-results.dead-letters/0/1"
      })
  void whatIsNoPlaceOnATopicOfOursIsNone(String written) {
    assertThat(Place.of(written)).isEmpty();
  }
}
