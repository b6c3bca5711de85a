package io.muster.contracts.job;

import io.muster.contracts.command.Operation;
import io.muster.contracts.result.RowCode;
import java.util.Map;
import java.util.UUID;

/**
 * A row as it was written in the file, out of the spool, for the gateway to lay outcomes over.
 *
 * @param row the data row's number, from 1
 * @param parentRow the row of the parent job that this one retries or undoes; null without one
 * @param userPrincipalName as written; null when the row was malformed or had none
 * @param operation the row's operation; null when it could not be told
 * @param refusal why the door refused it; null when it was accepted
 * @param columns non-secret cells by canonical column name as written; empty for a malformed row
 */
public record WrittenRow(
    long row,
    Long parentRow,
    String userPrincipalName,
    Operation operation,
    Refusal refusal,
    Map<String, String> columns) {

  /**
   * Why the door refused a row.
   *
   * @param detail one sentence that names column and cure; never holds a secret
   */
  public record Refusal(RowCode code, String detail) {}

  public WrittenRow {
    columns = columns == null ? Map.of() : Map.copyOf(columns);
  }

  /** What the gateway gets for a page: rows in order. */
  public record Page(UUID jobId, java.util.List<WrittenRow> items) {
    public Page {
      items = java.util.List.copyOf(items);
    }
  }
}
