package io.muster.bulkingest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureLimitTest {
  private static final long ENOUGH = 100;

  @Test
  void aNumberIsExceededByOneRowMore() {
    FailureLimit five = new FailureLimit(5, false);

    assertThat(five.exceeded(10, 5, ENOUGH)).isEmpty();
    assertThat(five.exceeded(10, 6, ENOUGH)).isPresent();
    assertThat(new FailureLimit(0, false).exceeded(1, 1, ENOUGH)).isPresent();
  }

  @Test
  void aShareMeansNothingBeforeEnoughRowsHaveFinished() {
    FailureLimit share = new FailureLimit(20, true);

    assertThat(share.exceeded(99, 99, ENOUGH)).isEmpty();
    assertThat(share.exceeded(100, 20, ENOUGH)).isEmpty();
    assertThat(share.exceeded(100, 21, ENOUGH)).isPresent();
    assertThat(new FailureLimit(100, true).exceeded(1_000, 1_000, ENOUGH)).isEmpty();
  }

  @Test
  void theReasonTellsTheNumbersAndWhatToDo() {
    assertThat(new FailureLimit(20, true).exceeded(400, 100, ENOUGH).orElseThrow())
        .contains("100 of 400", "20 %", "resume", "cancel");
  }

  @Test
  void itIsKnownHowManyMoreMayFail() {
    FailureLimit share = new FailureLimit(20, true);
    FailureLimit number = new FailureLimit(50, false);

    for (long failed : new long[] {0, 100, 999, 3_000}) {
      long left = share.left(16_000, failed);
      assertThat(share.exceeded(16_000 + left, failed + left, ENOUGH)).isEmpty();
      assertThat(share.exceeded(16_000 + left + 1, failed + left + 1, ENOUGH)).isPresent();
    }
    assertThat(number.left(1_000, 20)).isEqualTo(30);
    assertThat(number.isCalm(1_000, 25)).isTrue();
    assertThat(number.isCalm(1_000, 26)).isFalse();
  }
}
