package io.muster.inbox.once;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundsTest {
  private record Numbered(int number, Set<String> keys) {}

  @Example
  void inStretchesNothingOvertakes() {
    List<List<String>> rounds =
        Rounds.of(
            List.of("take1", "take2", "undo1", "take3", "undo3"),
            c -> Set.of(c.substring(4)),
            true);

    assertThat(rounds)
        .containsExactly(List.of("take1", "take2"), List.of("undo1", "take3"), List.of("undo3"));
  }

  @Example
  void roundKHoldsEachUsersKthCommand() {
    List<List<String>> rounds =
        Rounds.of(
            List.of("ada1", "bob1", "ada2", "ada3", "bob2"), c -> Set.of(c.substring(0, 3)), false);

    assertThat(rounds)
        .containsExactly(List.of("ada1", "bob1"), List.of("ada2", "bob2"), List.of("ada3"));
  }

  @Example
  void aCommandWithTwoKeysWaitsForBoth() {
    List<List<String>> rounds =
        Rounds.of(List.of("a", "a", "ab", "b"), c -> Set.copyOf(List.of(c.split(""))), false);

    assertThat(rounds).containsExactly(List.of("a"), List.of("a"), List.of("ab"), List.of("b"));
  }

  @Example
  void commandsWithoutKeysStayInOneRoundInArrivalOrder() {
    assertThat(Rounds.of(List.of(3, 1, 2), c -> List.of(), false))
        .containsExactly(List.of(3, 1, 2));
  }

  @Property(tries = 200)
  void noRoundHoldsTwoThatContendAndTheirOrderStays(@ForAll("batches") List<Numbered> batch) {
    List<List<Numbered>> rounds = Rounds.of(batch, Numbered::keys, false);

    Map<String, Integer> lastOfKey = new HashMap<>();
    for (List<Numbered> round : rounds) {
      Set<String> inRound = new HashSet<>();
      for (Numbered command : round) {
        for (String key : command.keys()) {
          assertThat(inRound.add(key)).as("%s twice in a round", key).isTrue();
          Integer before = lastOfKey.put(key, command.number());
          assertThat(before == null || before < command.number()).isTrue();
        }
      }
    }
    assertThat(rounds.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(batch);
  }

  @Provide
  Arbitrary<List<Numbered>> batches() {
    Arbitrary<Set<String>> keys =
        Arbitraries.of("a", "b", "c", "d").set().ofMinSize(1).ofMaxSize(2);
    return keys.list()
        .ofMaxSize(20)
        .map(
            all -> {
              List<Numbered> numbered = new java.util.ArrayList<>();
              all.forEach(k -> numbered.add(new Numbered(numbered.size(), k)));
              return numbered;
            });
  }
}
