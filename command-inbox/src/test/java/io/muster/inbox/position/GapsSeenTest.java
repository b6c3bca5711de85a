package io.muster.inbox.position;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GapsSeenTest {
  private static final TopicPartition PARTITION = new TopicPartition("muster.user-commands", 3);

  private final GapsSeen gaps = new GapsSeen();

  @Test
  void whatIsMetAgainWhereItWasMetIsAHoleOfTheLog() {
    assertThat(gaps.foundNothingBefore(PARTITION, 150)).isFalse();

    gaps.note(PARTITION, 150);

    assertThat(gaps.foundNothingBefore(PARTITION, 150)).isTrue();
    assertThat(gaps.foundNothingBefore(PARTITION, 151)).isFalse();
    assertThat(gaps.foundNothingBefore(new TopicPartition("muster.user-commands", 4), 150))
        .isFalse();
  }

  @Test
  void whatWasPolledBeforeIsNoNewsBehindALowerGap() {
    assertThat(gaps.note(PARTITION, 150)).isTrue();
    assertThat(gaps.note(PARTITION, 180)).isFalse();
    assertThat(gaps.note(PARTITION, 120)).isTrue();

    assertThat(gaps.foundNothingBefore(PARTITION, 150)).isFalse();
    assertThat(gaps.foundNothingBefore(PARTITION, 120)).isTrue();
  }

  @Test
  void aGapIsForgottenWhenItIsClosed() {
    gaps.note(PARTITION, 150);

    gaps.goesOn(PARTITION);

    assertThat(gaps.foundNothingBefore(PARTITION, 150)).isFalse();
  }

  @Test
  void whatAnotherClientMetIsNoHole() {
    new GapsSeen().note(PARTITION, 150);

    assertThat(gaps.foundNothingBefore(PARTITION, 150)).isFalse();
  }
}
