package io.muster.bulkingest.dispatch.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FairTurnsTest {
  private final Set<String> notReady = new HashSet<>();
  private final FairTurns<String> turns = new FairTurns<>(job -> !notReady.contains(job));

  @Test
  void tenantsTakeTurnsHoweverManyJobsOneOfThemHas() {
    turns.add("big", "big-1", false);
    turns.add("big", "big-2", false);
    turns.add("big", "big-3", false);
    turns.add("small", "small-1", false);

    assertThat(files(6))
        .containsExactly("big-1", "small-1", "big-2", "small-1", "big-3", "small-1");
  }

  @Test
  void aSingleCallWaitsForNoFileNeitherOfItsTenantNorOfAnother() {
    turns.add("a", "a-file", false);
    turns.add("b", "b-file", false);
    turns.add("b", "b-single", true);
    turns.add("a", "a-single", true);
    turns.add("b", "b-single-2", true);

    assertThat(turns.nextSingle()).contains("b-single");
    assertThat(turns.nextSingle()).contains("a-single");
    assertThat(turns.nextSingle()).contains("b-single-2");
    assertThat(files(2)).containsExactly("a-file", "b-file");
  }

  @Test
  void whatIsNotReadyIsPassedOverUntilItIsAddedAgain() {
    turns.add("a", "a-1", false);
    turns.add("b", "b-1", false);
    notReady.add("a-1");

    assertThat(files(2)).containsExactly("b-1", "b-1");
    notReady.clear();
    turns.add("a", "a-1", false);
    assertThat(files(2)).containsExactly("b-1", "a-1");
  }

  @Test
  void filesWaitOnlyWhileOneIsReady() {
    turns.add("a", "a-single", true);
    assertThat(turns.filesWait()).isFalse();
    turns.add("a", "a-1", false);
    assertThat(turns.filesWait()).isTrue();
    notReady.add("a-1");
    assertThat(turns.filesWait()).isFalse();
  }

  @Test
  void whoIsRemovedHasNoTurnAnyMore() {
    turns.add("a", "a-1", false);
    turns.add("b", "b-1", false);

    turns.removeIf("a-1"::equals);

    assertThat(files(2)).containsExactly("b-1", "b-1");
    turns.removeIf(all -> true);
    assertThat(turns.nextFile()).isEmpty();
    assertThat(turns.nextSingle()).isEmpty();
  }

  @Property
  void noTenantWaitsLongerThanOneTurnOfEveryOther(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> jobsOfTenants,
      @ForAll boolean single) {
    FairTurns<String> all = new FairTurns<>(job -> true);
    for (int tenant = 0; tenant < jobsOfTenants.size(); tenant++) {
      for (int job = 0; job < jobsOfTenants.get(tenant); job++) {
        all.add("t" + tenant, "t" + tenant + "-" + job, single);
      }
    }
    Map<String, Integer> turnsOf = new HashMap<>();

    for (int round = 1; round <= 20; round++) {
      for (int turn = 0; turn < jobsOfTenants.size(); turn++) {
        String job = (single ? all.nextSingle() : all.nextFile()).orElseThrow();
        turnsOf.merge(job.substring(0, job.indexOf('-')), 1, Integer::sum);
      }
      assertThat(turnsOf.values()).hasSize(jobsOfTenants.size()).containsOnly(round);
    }
  }

  private List<String> files(int times) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Optional<String> next = turns.nextFile();
      taken.add(next.orElseThrow());
    }
    return taken;
  }
}
