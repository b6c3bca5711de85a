package io.muster.gateway.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.gateway.status.rows.SingleRow.End;
import io.muster.gateway.track.row.RowOutcome;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeardRowTest {
  private static final UUID JOB = UUID.fromString("01990000-0000-7000-8000-000000000001");
  private static final Set<Part> BOTH = Set.of(Part.USER, Part.LICENSE);

  private final HeardRow row = new HeardRow();

  @Test
  void aRowOfOnePartHasEndedWithIt() {
    row.hear(applied(Part.USER, null, Set.of(Part.USER)));

    assertThat(row.end()).contains(new End(RowOutcome.SUCCEEDED, null, null));
  }

  @Test
  void ofTwoPartsBothAreWaitedForAndTheUsersNoteStandsFirst() {
    row.hear(applied(Part.LICENSE, "It held E3.", BOTH));
    assertThat(row.end()).isEmpty();

    row.hear(applied(Part.USER, "It was removed before.", BOTH));

    assertThat(row.end())
        .contains(new End(RowOutcome.SUCCEEDED, null, "It was removed before. It held E3."));
  }

  @Test
  void aRefusedRowHasEndedWhenWhatItDidIsUndone() {
    row.hear(applied(Part.USER, "Noted.", BOTH));
    row.hear(refused(Part.LICENSE, RowCode.NO_SEATS_LEFT, "E3 has none."));
    assertThat(row.end()).isEmpty();

    row.hear(result(Part.USER, PartOutcome.UNDONE, null, null, BOTH));

    assertThat(row.end())
        .contains(new End(RowOutcome.FAILED, RowCode.NO_SEATS_LEFT, "E3 has none."));
  }

  @Test
  void ofTwoRefusalsTheUsersIsTold() {
    row.hear(refused(Part.LICENSE, RowCode.NO_SEATS_LEFT, "E3 has none."));
    row.hear(refused(Part.USER, RowCode.USER_NOT_FOUND, null));

    assertThat(row.end()).contains(new End(RowOutcome.FAILED, RowCode.USER_NOT_FOUND, null));
  }

  @Test
  void aRepeatChangesNothing() {
    row.hear(applied(Part.USER, "First.", Set.of(Part.USER)));
    row.hear(applied(Part.USER, "Second.", Set.of(Part.USER)));
    row.hear(refused(Part.USER, RowCode.USER_NOT_FOUND, null));

    assertThat(row.end()).contains(new End(RowOutcome.SUCCEEDED, null, "First."));
  }

  @Test
  void whatWasMissedIsNotTakenForAnEnd() {
    row.hear(result(Part.USER, PartOutcome.UNDONE, null, null, BOTH));

    assertThat(row.end()).isEmpty();
  }

  private static RowResult applied(Part part, String detail, Set<Part> parts) {
    return result(part, PartOutcome.APPLIED, null, detail, parts);
  }

  private static RowResult refused(Part part, RowCode code, String detail) {
    return result(part, PartOutcome.REJECTED, code, detail, BOTH);
  }

  private static RowResult result(
      Part part, PartOutcome outcome, RowCode code, String detail, Set<Part> parts) {
    return new RowResult("contoso", JOB, 1, part, outcome, code, detail, parts);
  }
}
