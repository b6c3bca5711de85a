package io.muster.bulkingest.dispatch.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairTurnsTest {
  private final FairTurns<String> turns = new FairTurns<>();

  @Test
  void tenantsTakeTurnsHoweverManyJobsOneOfThemHas() {
    turns.add("big", "big-1", false);
    turns.add("big", "big-2", false);
    turns.add("big", "big-3", false);
    turns.add("small", "small-1", false);

    assertThat(next(6)).containsExactly("big-1", "small-1", "big-2", "small-1", "big-3", "small-1");
  }

  @Test
  void singleCallsGoFirstWithinTheirTenantsShareOnly() {
    turns.add("a", "a-file", false);
    turns.add("b", "b-file", false);
    turns.add("a", "a-single", true);

    assertThat(next(4)).containsExactly("a-single", "b-file", "a-single", "b-file");
  }

  @Test
  void whoIsRemovedHasNoTurnAnyMore() {
    turns.add("a", "a-1", false);
    turns.add("b", "b-1", false);

    turns.removeIf("a-1"::equals);

    assertThat(next(2)).containsExactly("b-1", "b-1");
    turns.removeIf(all -> true);
    assertThat(turns.next()).isEmpty();
    assertThat(turns.isEmpty()).isTrue();
  }

  private List<String> next(int times) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      taken.add(turns.next().orElseThrow());
    }
    return taken;
  }
}
