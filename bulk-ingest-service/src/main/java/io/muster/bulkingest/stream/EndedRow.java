package io.muster.bulkingest.stream;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import java.util.Objects;
import java.util.UUID;

/**
 * How a row of a job that grows came to its end, once all its parts have.
 *
 * @param part USER of a row that went through or was cancelled; else the part that is to blame,
 *     USER before LICENSE
 * @param outcome APPLIED when the row went through, REJECTED when it was refused and nothing of it
 *     is left, SKIPPED when its job was cancelled before it was sent
 * @param code why it was refused; null unless it was
 * @param detail what that part had to add, in one sentence; may name a person; null when there is
 *     nothing
 */
public record EndedRow(
    String tenant,
    UUID jobId,
    long row,
    Part part,
    PartOutcome outcome,
    RowCode code,
    String detail) {
  public EndedRow {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(outcome, "outcome");
    if ((code != null) != (outcome == PartOutcome.REJECTED)) {
      throw new IllegalArgumentException("a code belongs to REJECTED, and to nothing else");
    }
  }
}
