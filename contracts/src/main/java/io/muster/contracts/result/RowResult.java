package io.muster.contracts.result;

import io.muster.contracts.command.Part;
import io.muster.contracts.topic.Topics;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What became of one part of one row, or of many rows of which the very same is to be told. Sent
 * again with every repeat of the command, so whoever counts must count (job, row, part) once; rows
 * come together as it happens, and in other company when they come again. Why together: {@code
 * docs/decisions/0038-results-of-many-rows.md}.
 *
 * @param tenant whose job
 * @param jobId a UUIDv7
 * @param row the data row's number, from 1; of many the lowest
 * @param part who says so: USER or LICENSE
 * @param outcome never NONE
 * @param code why it was refused; null unless outcome is REJECTED
 * @param detail one sentence for people; null when there is none; never holds a secret
 * @param parts all parts that the row has on the bus
 * @param rows the numbers of many rows, ascending, all with one {@link Topics#resultKey}; never
 *     with a code or a detail. Null when there is {@code row} alone
 */
public record RowResult(
    String tenant,
    UUID jobId,
    long row,
    Part part,
    PartOutcome outcome,
    RowCode code,
    String detail,
    Set<Part> parts,
    List<Long> rows) {
  public RowResult {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(outcome, "outcome");
    if (row <= 0 || outcome == PartOutcome.NONE) {
      throw new IllegalArgumentException("a result has a row from 1 and an outcome");
    }
    if ((code != null) != (outcome == PartOutcome.REJECTED)) {
      throw new IllegalArgumentException("a code belongs to REJECTED, and to nothing else");
    }
    parts = parts == null ? Set.of(part) : Set.copyOf(parts);
    rows = rows == null || rows.equals(List.of(row)) ? null : List.copyOf(rows);
    if (rows != null && (code != null || detail != null || !areOneRun(row, rows))) {
      throw new IllegalArgumentException("many rows ascend from row within a key, all alike");
    }
  }

  /** Of one row. */
  public RowResult(
      String tenant,
      UUID jobId,
      long row,
      Part part,
      PartOutcome outcome,
      RowCode code,
      String detail,
      Set<Part> parts) {
    this(tenant, jobId, row, part, outcome, code, detail, parts, null);
  }

  /** The numbers of all rows that it tells of, ascending; never empty. */
  public List<Long> allRows() {
    return rows == null ? List.of(row) : rows;
  }

  /** What it tells of one of its rows. */
  public RowResult of(long one) {
    return rows == null
        ? this
        : new RowResult(tenant, jobId, one, part, outcome, code, detail, parts);
  }

  private static boolean areOneRun(long first, List<Long> rows) {
    if (rows.isEmpty() || rows.get(0) != first) {
      return false;
    }
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i) <= rows.get(i - 1)) {
        return false;
      }
    }
    return Topics.chunkOf(rows.get(rows.size() - 1)) == Topics.chunkOf(first);
  }
}
