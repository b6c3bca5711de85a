package io.muster.bulkingest.stream.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.stream.EndedRow;
import io.muster.bulkingest.stream.outcome.HeardRow.HeardPart;
import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What results make of a row, in whatever order they come. */
class HeardRowTest {
  private static final UUID JOB = UUID.fromString("0199a0b0-0000-7000-8000-000000000001");
  private static final Set<Part> BOTH = Set.of(Part.USER, Part.LICENSE);
  private static final HeardRow UNHEARD =
      new HeardRow("contoso", JOB, 7, HeardPart.UNKNOWN, HeardPart.UNKNOWN);

  @Test
  void aRowHasEndedWhenItsLastPartHasNotBefore() {
    HeardRow half = UNHEARD.heard(applied(Part.LICENSE, null));

    assertThat(half.hasEnded()).isFalse();
    HeardRow whole = half.heard(applied(Part.USER, "The account was made."));
    assertThat(whole.end())
        .isEqualTo(
            new EndedRow(
                "contoso", JOB, 7, Part.USER, PartOutcome.APPLIED, null, "The account was made."));
  }

  @Test
  void aPartThatIsStillToBeUndoneKeepsARefusedRowFromEnding() {
    HeardRow refused = UNHEARD.heard(applied(Part.USER, null)).heard(noSeats());

    assertThat(refused.hasEnded()).isFalse();
    HeardRow undone = refused.heard(result(Part.USER, PartOutcome.UNDONE, null, null));
    assertThat(undone.end())
        .isEqualTo(
            new EndedRow(
                "contoso",
                JOB,
                7,
                Part.LICENSE,
                PartOutcome.REJECTED,
                RowCode.NO_SEATS_LEFT,
                "No seat."));
  }

  @Test
  void theUserPartIsToBlameBeforeTheLicensePart() {
    HeardRow both =
        UNHEARD
            .heard(noSeats())
            .heard(result(Part.USER, PartOutcome.REJECTED, RowCode.USER_ALREADY_EXISTS, "Taken."));

    assertThat(both.end().part()).isEqualTo(Part.USER);
    assertThat(both.end().code()).isEqualTo(RowCode.USER_ALREADY_EXISTS);
  }

  @Test
  void repeatsAndTheOrderOfPartsMakeNoDifferenceAndWhatHasEndedStaysAsItIs() {
    List<RowResult> results =
        List.of(
            applied(Part.USER, null),
            applied(Part.USER, null),
            noSeats(),
            noSeats(),
            result(Part.USER, PartOutcome.UNDONE, null, null),
            result(Part.USER, PartOutcome.UNDONE, null, null));
    for (int seed = 0; seed < 200; seed++) {
      List<RowResult> shuffled = new ArrayList<>(results);
      Collections.shuffle(shuffled, new Random(seed));
      HeardRow row = UNHEARD;
      for (RowResult result : shuffled) {
        row = row.heard(result);
      }
      assertThat(row.end().code()).as("seed %d", seed).isEqualTo(RowCode.NO_SEATS_LEFT);
      assertThat(row.heard(applied(Part.LICENSE, "late"))).isEqualTo(row);
    }
  }

  private static RowResult noSeats() {
    return result(Part.LICENSE, PartOutcome.REJECTED, RowCode.NO_SEATS_LEFT, "No seat.");
  }

  private static RowResult applied(Part part, String detail) {
    return result(part, PartOutcome.APPLIED, null, detail);
  }

  private static RowResult result(Part part, PartOutcome outcome, RowCode code, String detail) {
    return new RowResult("contoso", JOB, 7, part, outcome, code, detail, BOTH);
  }
}
