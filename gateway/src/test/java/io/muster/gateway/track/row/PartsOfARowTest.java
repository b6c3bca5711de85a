package io.muster.gateway.track.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PartsOfARowTest {
  private static final Set<Part> USER_ONLY = Set.of(Part.USER);
  private static final Set<Part> BOTH = Set.of(Part.USER, Part.LICENSE);

  private record Told(Part part, PartOutcome outcome) {}

  @Example
  void aRowOfOnePartEndsWithItsResult() {
    assertThat(after(USER_ONLY, told(Part.USER, PartOutcome.APPLIED)).outcome())
        .isEqualTo(RowOutcome.SUCCEEDED);
    assertThat(after(USER_ONLY, told(Part.USER, PartOutcome.REJECTED)).outcome())
        .isEqualTo(RowOutcome.FAILED);
    assertThat(PartsOfARow.UNHEARD.outcome()).isEqualTo(RowOutcome.IN_FLIGHT);
  }

  @Example
  void aRejectedPartBesideAnAppliedOneWaitsForItsUndo() {
    PartsOfARow waiting =
        after(BOTH, told(Part.USER, PartOutcome.APPLIED), told(Part.LICENSE, PartOutcome.REJECTED));

    assertThat(waiting.outcome()).isEqualTo(RowOutcome.IN_FLIGHT);
    assertThat(waiting.heard(Part.USER, PartOutcome.UNDONE, BOTH).outcome())
        .isEqualTo(RowOutcome.FAILED);
  }

  @Example
  void anUndoThatOvertakesItsCommandCounts() {
    PartsOfARow row =
        after(
            BOTH,
            told(Part.LICENSE, PartOutcome.UNDONE),
            told(Part.LICENSE, PartOutcome.APPLIED),
            told(Part.USER, PartOutcome.REJECTED));

    assertThat(row.outcome()).isEqualTo(RowOutcome.FAILED);
    assertThat(row.license()).isEqualTo(PartOutcome.UNDONE);
  }

  @Example
  void theUsersRefusalIsShownBeforeTheLicenses() {
    PartsOfARow row =
        after(
            BOTH, told(Part.LICENSE, PartOutcome.REJECTED), told(Part.USER, PartOutcome.REJECTED));

    assertThat(row.toBlame()).isEqualTo(Part.USER);
  }

  @Example
  void partsThatAreSkippedOrUndoneAloneMakeNoEnd() {
    assertThat(
            after(
                    BOTH,
                    told(Part.USER, PartOutcome.APPLIED),
                    told(Part.LICENSE, PartOutcome.SKIPPED))
                .outcome())
        .isEqualTo(RowOutcome.IN_FLIGHT);
  }

  /** user-service refuses a row whose license part it would have sent on. */
  @Example
  void aRefusedUserBesideASkippedLicenseIsAFailedRowInEveryOrderOfTheirResults() {
    Told refused = told(Part.USER, PartOutcome.REJECTED);
    Told skipped = told(Part.LICENSE, PartOutcome.SKIPPED);
    for (List<Told> order :
        List.of(
            List.of(refused, skipped),
            List.of(skipped, refused),
            List.of(skipped, skipped, refused),
            List.of(refused, refused, skipped),
            List.of(skipped, refused, skipped, refused))) {
      PartsOfARow row = after(BOTH, order.toArray(Told[]::new));

      assertThat(row.outcome()).as("%s", order).isEqualTo(RowOutcome.FAILED);
      assertThat(row.toBlame()).as("%s", order).isEqualTo(Part.USER);
      assertThat(row.license()).as("%s", order).isEqualTo(PartOutcome.SKIPPED);
    }
    for (Told one : List.of(refused, skipped)) {
      assertThat(after(BOTH, one, one).outcome()).as("%s", one).isEqualTo(RowOutcome.IN_FLIGHT);
    }
  }

  /** What really happens to a row, told in any order and with any repeats, ends in one way. */
  @Property(tries = 500)
  void everyOrderAndRepeatOfTheSameStoryEndsTheSame(
      @ForAll("stories") List<Told> story, @ForAll long seed, @ForAll boolean inOrder) {
    PartsOfARow straight = after(BOTH, story.toArray(Told[]::new));
    List<Told> shuffled = new ArrayList<>(story);
    shuffled.addAll(story);
    Collections.shuffle(shuffled, new Random(seed));
    // A part's own results keep their order on the bus (one partition); only repeats fall behind.
    List<Told> played = inOrder ? interleaved(story, seed) : shuffled;

    PartsOfARow other = after(BOTH, played.toArray(Told[]::new));

    if (inOrder) {
      assertThat(other).isEqualTo(straight);
    }
    assertThat(other.outcome()).isEqualTo(straight.outcome());
  }

  @Property(tries = 500)
  void aRowThatHasEndedNeverChangesAndARepeatIsTheSameObject(
      @ForAll("anything") List<Told> anything) {
    PartsOfARow row = PartsOfARow.UNHEARD;
    PartsOfARow ended = null;
    for (Told told : anything) {
      PartsOfARow next = row.heard(told.part(), told.outcome(), BOTH);
      assertThat(next.heard(told.part(), told.outcome(), BOTH)).isSameAs(next);
      if (ended != null) {
        assertThat(next).isSameAs(ended);
      }
      if (next.outcome() != RowOutcome.IN_FLIGHT) {
        ended = next;
      }
      row = next;
    }
  }

  /** Both applied; either refused and the other undone, skipped or refused. */
  @Provide
  Arbitrary<List<Told>> stories() {
    return Arbitraries.of(
        List.of(told(Part.USER, PartOutcome.APPLIED), told(Part.LICENSE, PartOutcome.APPLIED)),
        List.of(told(Part.USER, PartOutcome.REJECTED), told(Part.LICENSE, PartOutcome.SKIPPED)),
        List.of(told(Part.USER, PartOutcome.REJECTED), told(Part.LICENSE, PartOutcome.REJECTED)),
        List.of(
            told(Part.USER, PartOutcome.REJECTED),
            told(Part.LICENSE, PartOutcome.APPLIED),
            told(Part.LICENSE, PartOutcome.UNDONE)),
        List.of(
            told(Part.LICENSE, PartOutcome.REJECTED),
            told(Part.USER, PartOutcome.APPLIED),
            told(Part.USER, PartOutcome.UNDONE)));
  }

  @Provide
  Arbitrary<List<Told>> anything() {
    Arbitrary<PartOutcome> outcomes =
        Arbitraries.of(PartOutcome.class).filter(outcome -> outcome != PartOutcome.NONE);
    return Arbitraries.of(Part.USER, Part.LICENSE)
        .flatMap(part -> outcomes.map(outcome -> new Told(part, outcome)))
        .list()
        .ofMaxSize(8);
  }

  private static List<Told> interleaved(List<Told> story, long seed) {
    Random random = new Random(seed);
    List<Told> user = new ArrayList<>(story.stream().filter(t -> t.part() == Part.USER).toList());
    List<Told> license =
        new ArrayList<>(story.stream().filter(t -> t.part() == Part.LICENSE).toList());
    List<Told> all = new ArrayList<>();
    while (!user.isEmpty() || !license.isEmpty()) {
      boolean fromUser = license.isEmpty() || (!user.isEmpty() && random.nextBoolean());
      all.add((fromUser ? user : license).remove(0));
    }
    all.addAll(story);
    return all;
  }

  private static PartsOfARow after(Set<Part> parts, Told... story) {
    PartsOfARow row = PartsOfARow.UNHEARD;
    for (Told told : story) {
      row = row.heard(told.part(), told.outcome(), parts);
    }
    return row;
  }

  private static Told told(Part part, PartOutcome outcome) {
    return new Told(part, outcome);
  }
}
