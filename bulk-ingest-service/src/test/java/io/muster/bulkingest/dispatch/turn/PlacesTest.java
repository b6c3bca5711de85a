package io.muster.bulkingest.dispatch.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private final Map<String, Integer> taken = new HashMap<>();

  @Test
  void everyTenantsFirstJobComesBeforeAnyTenantsSecond() {
    Places.HandedOut<String> handed = handOut(new Places(4, 4), "a1", "a2", "a3", "b1", "c1");

    assertThat(handed.opened()).containsExactly("a1", "b1", "c1", "a2");
    assertThat(handed.leftOut()).containsExactly("a3");
    assertThat(taken).containsEntry("a", 2).containsEntry("b", 1);
  }

  @Test
  void aTenantWithJobsOpenComesBehindOneWithout() {
    taken.put("a", 2);

    assertThat(handOut(new Places(4, 3), "a3", "b1").opened()).containsExactly("b1");
  }

  @Test
  void noTenantHasMorePlacesThanItsNumber() {
    taken.put("a", 3);

    Places.HandedOut<String> handed = handOut(new Places(4, 64), "a4", "a5", "a6");

    assertThat(handed.opened()).containsExactly("a4");
    assertThat(handed.leftOut()).containsExactly("a5", "a6");
  }

  @Property
  void placesNeverRunOverAndNobodyIsForgotten(
      @ForAll @IntRange(min = 1, max = 5) int perTenant,
      @ForAll @IntRange(min = 1, max = 12) int all,
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 6) Integer> tenants) {
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < tenants.size(); i++) {
      waiting.add(tenants.get(i) + "-" + i);
    }
    Map<String, Integer> places = new HashMap<>();

    Places.HandedOut<String> handed =
        new Places(perTenant, all).handOut(places, waiting, job -> job.substring(0, 1));

    assertThat(places.values()).allMatch(number -> number <= perTenant);
    assertThat(handed.opened().size())
        .isEqualTo(places.values().stream().mapToInt(Integer::intValue).sum())
        .isLessThanOrEqualTo(all);
    List<String> both = new ArrayList<>(handed.opened());
    both.addAll(handed.leftOut());
    assertThat(both).containsExactlyInAnyOrderElementsOf(waiting);
  }

  private Places.HandedOut<String> handOut(Places places, String... waiting) {
    return places.handOut(taken, List.of(waiting), job -> job.substring(0, 1));
  }
}
