package io.muster.inbox.position;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GapsSeenTest {
  private static final TopicPartition PARTITION = new TopicPartition("muster.user-commands", 3);

  private final GapsSeen gaps = new GapsSeen();

  @Test
  void whatIsMetAgainAfterReadingAgainIsAHoleOfTheLog() {
    assertThat(gaps.isHole(PARTITION, new Gap(100, 150))).isFalse();

    gaps.note(PARTITION, new Gap(100, 150));

    assertThat(gaps.isHole(PARTITION, new Gap(100, 150))).isTrue();
    assertThat(gaps.isHole(PARTITION, new Gap(100, 151))).isFalse();
    assertThat(gaps.isHole(new TopicPartition("muster.user-commands", 4), new Gap(100, 150)))
        .isFalse();
  }

  @Test
  void whatWasPolledBeforeIsNoNewsBehindALowerGap() {
    assertThat(gaps.note(PARTITION, new Gap(100, 150))).isTrue();
    assertThat(gaps.note(PARTITION, new Gap(100, 180))).isFalse();
    assertThat(gaps.note(PARTITION, new Gap(100, 120))).isTrue();

    assertThat(gaps.isHole(PARTITION, new Gap(100, 150))).isFalse();
    assertThat(gaps.isHole(PARTITION, new Gap(100, 120))).isTrue();
  }

  /** Another client had the partition meanwhile, and closed the first one. */
  @Test
  void aGapAboveAnotherPositionIsAnotherOne() {
    gaps.note(PARTITION, new Gap(100, 150));

    assertThat(gaps.isHole(PARTITION, new Gap(140, 150))).as("lost again").isFalse();
    assertThat(gaps.note(PARTITION, new Gap(300, 310))).as("an alarm").isTrue();

    assertThat(gaps.isHole(PARTITION, new Gap(300, 310))).as("it ends").isTrue();
  }

  @Test
  void aGapIsForgottenWhenItIsClosed() {
    gaps.note(PARTITION, new Gap(100, 150));

    gaps.goesOn(PARTITION);

    assertThat(gaps.isHole(PARTITION, new Gap(100, 150))).isFalse();
  }
}
