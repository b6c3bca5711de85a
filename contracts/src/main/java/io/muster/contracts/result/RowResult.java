package io.muster.contracts.result;

import io.muster.contracts.command.Part;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What became of one part of one row. Sent again with every repeat of the command, so whoever
 * counts must count (job, row, part) once.
 *
 * @param tenant whose job
 * @param jobId a UUIDv7
 * @param row the data row's number, from 1
 * @param part who says so: USER or LICENSE
 * @param outcome never NONE
 * @param code why it was refused; null unless outcome is REJECTED
 * @param detail one sentence for people; null when there is none; never holds a secret
 * @param parts all parts that the row has on the bus
 */
public record RowResult(
    String tenant,
    UUID jobId,
    long row,
    Part part,
    PartOutcome outcome,
    RowCode code,
    String detail,
    Set<Part> parts) {
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
  }
}
