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
import io.muster.gateway.track.PartsOfARow;
import io.muster.gateway.track.RowOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                new Failure(Part.USER, RowCode.USER_NOT_FOUND, null)));

    assertThat(answer.code()).isEqualTo(RowCode.USER_NOT_FOUND);
    assertThat(answer.message()).isEqualTo(RowCode.USER_NOT_FOUND.remedy());
    assertThat(answer.parts())
        .isEqualTo(Map.of(Part.USER, PartOutcome.REJECTED, Part.LICENSE, PartOutcome.REJECTED));
  }

  @Test
  void operatorsSeeNumbersAndCodesButNobody() {
    JobView byNumber = new JobView(JOB, false, 0, 0, Map.of(), null, 1);

    RowAnswer answer =
        RowAnswer.of(
            byNumber,
            written(3, new WrittenRow.Refusal(RowCode.INVALID_VALUE, "chris@contoso.com is bad")),
            PartsOfARow.UNHEARD,
            List.of());

    assertThat(answer.userPrincipalName()).isNull();
    assertThat(answer.message()).isEqualTo(RowCode.INVALID_VALUE.remedy());
    assertThat(answer.parts()).isEqualTo(Map.of(Part.FILE, PartOutcome.REJECTED));
  }

  private static WrittenRow written(long row, WrittenRow.Refusal refusal) {
    return new WrittenRow(row, null, "chris@contoso.com", Operation.ADD, refusal, Map.of());
  }
}
