package io.muster.user.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.muster.user.behind.FollowedLately.Followed;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Of a job that goes on for minutes, only the last seconds count. */
class FollowedLatelyTest {
  private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");
  private static final UUID JOB = new UUID(1, 1);

  private final FollowedLately lately = new FollowedLately(new SomeConfig());

  @Test
  void rowsOfTheSameMomentAddUp() {
    lately.followed(JOB, 3_000, START.minusSeconds(2), START);
    lately.followed(JOB, 2_000, START.minusSeconds(1), START);

    assertThat(lately.at(START))
        .containsExactly(new Followed(JOB, 5_000, START.minusSeconds(1), START));
  }

  @Test
  void afterThreeSecondsHalfOfThemAreLeftAndAtLastNone() {
    lately.followed(JOB, 8_000, START, START);

    assertThat(lately.at(START.plusSeconds(3)).get(0).rows()).isCloseTo(4_000, within(1.0));
    assertThat(lately.at(START.plusSeconds(9)).get(0).rows()).isCloseTo(1_000, within(1.0));
    assertThat(lately.at(START.plus(Duration.ofMinutes(2)))).isEmpty();
  }

  @Test
  void aSteadyRateComesToTheRowsOfSomeFourSeconds() {
    Instant now = START;
    for (int second = 0; second < 60; second++) {
      now = START.plusSeconds(second);
      lately.followed(JOB, 2_000, now, now);
    }

    assertThat(lately.at(now).get(0).rows()).isCloseTo(9_700, within(200.0));
  }
}
