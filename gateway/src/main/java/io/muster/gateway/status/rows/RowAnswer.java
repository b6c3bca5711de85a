package io.muster.gateway.status.rows;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.contracts.command.Part;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import io.muster.contracts.job.WrittenRow;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.status.JobView;
import io.muster.gateway.status.rows.CountedRows.Failure;
import io.muster.gateway.track.row.PartsOfARow;
import io.muster.gateway.track.row.RowOutcome;
import java.util.List;
import java.util.Map;

/**
 * A row in JSON, as API.md fixes it.
 *
 * @param row the data row's number, from 1
 * @param parentRow the row of the parent job that this one retries or undoes; left out without one
 * @param userPrincipalName as written; null for operators and for rows without one
 * @param code why it failed; null unless outcome is FAILED
 * @param message what happened, in one sentence; null when there is nothing to tell of a row that
 *     didn't fail
 * @param remedy what to do, in one sentence; null unless outcome is FAILED
 */
public record RowAnswer(
    long row,
    @JsonInclude(JsonInclude.Include.NON_NULL) Long parentRow,
    String userPrincipalName,
    RowOutcome outcome,
    RowCode code,
    String message,
    String remedy,
    Map<Part, PartOutcome> parts) {

  /**
   * Lays outcomes over a written row.
   *
   * @param failures of this row; empty without any
   * @param note what services had to add; null without any, and shown of succeeded rows only
   */
  static RowAnswer of(
      JobView view, WrittenRow row, PartsOfARow parts, List<Failure> failures, String note) {
    String name = view.people() ? row.userPrincipalName() : null;
    if (row.refusal() != null) {
      String detail = view.people() ? row.refusal().detail() : null;
      return failed(
          row, name, row.refusal().code(), detail, Map.of(Part.FILE, PartOutcome.REJECTED));
    }
    RowOutcome outcome = outcome(view.job(), row.row(), parts);
    Map<Part, PartOutcome> known = parts.known();
    if (outcome == RowOutcome.FAILED) {
      for (Failure failure : failures) {
        if (failure.part() == parts.toBlame()) {
          return failed(row, name, failure.code(), failure.detail(), known);
        }
      }
    }
    return new RowAnswer(
        row.row(),
        row.parentRow(),
        name,
        outcome,
        null,
        outcome == RowOutcome.SUCCEEDED ? note : null,
        null,
        known.isEmpty() ? Map.of(Part.USER, PartOutcome.NONE) : known);
  }

  /** What a row that the door let in has come to. */
  static RowOutcome outcome(JobSnapshot job, long row, PartsOfARow parts) {
    RowOutcome heard = parts.outcome();
    boolean onTheBus = row <= job.intendedRow() || !parts.equals(PartsOfARow.UNHEARD);
    if (heard != RowOutcome.IN_FLIGHT || onTheBus) {
      return heard;
    }
    boolean cut = job.state() == JobState.CANCELLED || job.state() == JobState.CANCELLING;
    return cut && job.cancelled() > 0 ? RowOutcome.CANCELLED : RowOutcome.PENDING;
  }

  private static RowAnswer failed(
      WrittenRow row, String name, RowCode code, String detail, Map<Part, PartOutcome> parts) {
    return new RowAnswer(
        row.row(),
        row.parentRow(),
        name,
        RowOutcome.FAILED,
        code,
        detail == null ? code.remedy() : detail,
        code.remedy(),
        parts);
  }
}
