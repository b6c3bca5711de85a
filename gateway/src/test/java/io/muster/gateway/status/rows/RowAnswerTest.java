package io.muster.gateway.status.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import io.muster.contracts.job.WrittenRow;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.Jobs;
import io.muster.gateway.status.JobView;
import io.muster.gateway.status.rows.CountedRows.Failure;
import io.muster.gateway.track.row.PartsOfARow;
import io.muster.gateway.track.row.RowOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowAnswerTest {
  private static final JobSnapshot JOB =
      Jobs.snapshot(Jobs.newId(), 2, "contoso", "ada", JobState.RUNNING, 100, Map.of(), 50, 50);
  private static final JobView VIEW = JobView.fresh(JOB);

  @Test
  void rowsBehindTheLastOneSentArePendingAndTheOthersInFlight() {
    assertThat(RowAnswer.outcome(JOB, 50, PartsOfARow.UNHEARD)).isEqualTo(RowOutcome.IN_FLIGHT);
    assertThat(RowAnswer.outcome(JOB, 51, PartsOfARow.UNHEARD)).isEqualTo(RowOutcome.PENDING);
  }

  @Test
  void aResultThatIsFasterThanTheSnapshotCounts() {
    PartsOfARow applied = new PartsOfARow(PartOutcome.APPLIED, null);

    assertThat(RowAnswer.outcome(JOB, 60, applied)).isEqualTo(RowOutcome.SUCCEEDED);
  }

  @Test
  void aFailedRowNamesTheCodeOfTheUserBeforeThatOfTheLicense() {
    RowAnswer answer =
        RowAnswer.of(
            VIEW,
            written(3, null),
            new PartsOfARow(PartOutcome.REJECTED, PartOutcome.REJECTED),
            List.of(
                new Failure(Part.LICENSE, RowCode.NO_SEATS_LEFT, "No seats."),
                new Failure(Part.USER, RowCode.USER_NOT_FOUND, null)),
            null);

    assertThat(answer.code()).isEqualTo(RowCode.USER_NOT_FOUND);
    assertThat(answer.message()).isEqualTo(RowCode.USER_NOT_FOUND.remedy());
    assertThat(answer.parts())
        .isEqualTo(Map.of(Part.USER, PartOutcome.REJECTED, Part.LICENSE, PartOutcome.REJECTED));
  }

  @Test
  void aSucceededRowTellsItsNoteAndItsParentsRow() {
    WrittenRow row = new WrittenRow(3, 17L, "chris@contoso.com", Operation.RESTORE, null, Map.of());

    RowAnswer answer =
        RowAnswer.of(
            VIEW,
            row,
            new PartsOfARow(PartOutcome.APPLIED, PartOutcome.APPLIED),
            List.of(),
            "Held E3.");

    assertThat(answer.message()).isEqualTo("Held E3.");
    assertThat(answer.parentRow()).isEqualTo(17);
    assertThat(answer.code()).isNull();
  }

  @Test
  void aNoteOfARowThatWasUndoneIsNotShown() {
    RowAnswer answer =
        RowAnswer.of(
            VIEW,
            written(3, null),
            new PartsOfARow(PartOutcome.APPLIED, PartOutcome.REJECTED),
            List.of(),
            "Held E3.");

    assertThat(answer.outcome()).isEqualTo(RowOutcome.IN_FLIGHT);
    assertThat(answer.message()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "PAUSED,     0,  50, IN_FLIGHT",
    "PAUSED,     0,  51, PENDING",
    "CANCELLING, 50, 50, IN_FLIGHT",
    "CANCELLING, 50, 51, CANCELLED",
    "CANCELLED,  50, 51, CANCELLED"
  })
  void aCutLiesBehindTheLastRowThatWasHandedToTheBus(
      JobState state, long cancelled, long row, RowOutcome outcome) {
    assertThat(RowAnswer.outcome(Jobs.cut(JOB, state, cancelled), row, PartsOfARow.UNHEARD))
        .isEqualTo(outcome);
  }

  @Test
  void aRowRefusedAtTheDoorStaysFailedBehindTheCut() {
    JobSnapshot cut = Jobs.cut(JOB, JobState.CANCELLED, 49);

    RowAnswer answer =
        RowAnswer.of(
            JobView.fresh(cut),
            written(77, new WrittenRow.Refusal(RowCode.INVALID_VALUE, "No.")),
            PartsOfARow.UNHEARD,
            List.of(),
            null);

    assertThat(answer.outcome()).isEqualTo(RowOutcome.FAILED);
  }

  @Test
  void operatorsSeeNumbersAndCodesButNobody() {
    JobView byNumber = new JobView(JOB, false, 0, 0, Map.of(), null, 1, null);

    RowAnswer answer =
        RowAnswer.of(
            byNumber,
            written(3, new WrittenRow.Refusal(RowCode.INVALID_VALUE, "chris@contoso.com is bad")),
            PartsOfARow.UNHEARD,
            List.of(),
            null);

    assertThat(answer.userPrincipalName()).isNull();
    assertThat(answer.message()).isEqualTo(RowCode.INVALID_VALUE.remedy());
    assertThat(answer.parts()).isEqualTo(Map.of(Part.FILE, PartOutcome.REJECTED));
  }

  private static WrittenRow written(long row, WrittenRow.Refusal refusal) {
    return new WrittenRow(row, null, "chris@contoso.com", Operation.ADD, refusal, Map.of());
  }
}
