package io.muster.user.behind;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long HOUR = Duration.ofHours(1).toNanos();

  @Test
  void restsAfterWorkUnlessAllTheTimeIsItsOwn() {
    Pace some = new Pace(0.2);
    Pace all = new Pace(1);
    assertThat(some.rests()).isFalse();

    some.worked(HOUR);
    all.worked(HOUR);

    assertThat(some.rests()).isTrue();
    assertThat(all.rests()).isFalse();
  }

  @Test
  void withoutAShareItRestsAlways() {
    assertThat(new Pace(0).rests()).isTrue();
  }
}
