package io.muster.bulkingest.stream.outcome;

import io.muster.bulkingest.stream.EndedRow;
import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What was heard of a row, in whatever order its results came and however often. A part goes from
 * NONE to any outcome, and from APPLIED to UNDONE; anything else is a repeat. The gateway counts
 * rows by the same rules ({@code PartsOfARow}). Immutable.
 *
 * @param user never null
 * @param license never null
 */
record HeardRow(String tenant, UUID jobId, long row, HeardPart user, HeardPart license) {
  /**
   * A part of it.
   *
   * @param outcome null when there is no such part, or it isn't known yet
   * @param code null unless it was refused
   * @param detail null when it had nothing to add
   */
  record HeardPart(PartOutcome outcome, RowCode code, String detail) {
    /** Nothing was heard, not even whether there is such a part. */
    static final HeardPart UNKNOWN = new HeardPart(null, null, null);

    private static final HeardPart EXPECTED = new HeardPart(PartOutcome.NONE, null, null);

    private boolean is(PartOutcome... any) {
      return Set.of(any).contains(outcome);
    }

    private boolean leavesNothing() {
      return outcome == null || is(PartOutcome.REJECTED, PartOutcome.UNDONE, PartOutcome.SKIPPED);
    }
  }

  HeardRow {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(license, "license");
  }

  /**
   * Takes a result of this row in.
   *
   * @return equal to this one when it tells nothing new
   */
  HeardRow heard(RowResult result) {
    if (hasEnded()) {
      return this;
    }
    return new HeardRow(
        tenant, jobId, row, next(Part.USER, user, result), next(Part.LICENSE, license, result));
  }

  private static HeardPart next(Part mine, HeardPart now, RowResult result) {
    if (mine != result.part()) {
      return now.outcome() == null && result.parts().contains(mine) ? HeardPart.EXPECTED : now;
    }
    boolean fresh = now.outcome() == null || now.outcome() == PartOutcome.NONE;
    boolean undone = now.outcome() == PartOutcome.APPLIED && result.outcome() == PartOutcome.UNDONE;
    return fresh || undone
        ? new HeardPart(result.outcome(), result.code(), storable(result.detail()))
        : now;
  }

  /** All its parts have come to their end. */
  boolean hasEnded() {
    return succeeded() || failed();
  }

  private boolean succeeded() {
    boolean any = user.outcome() != null || license.outcome() != null;
    return any
        && (user.outcome() == null || user.outcome() == PartOutcome.APPLIED)
        && (license.outcome() == null || license.outcome() == PartOutcome.APPLIED);
  }

  private boolean failed() {
    boolean refused =
        user.outcome() == PartOutcome.REJECTED || license.outcome() == PartOutcome.REJECTED;
    return refused && user.leavesNothing() && license.leavesNothing();
  }

  /** Of one that has ended, or was cancelled. */
  EndedRow end() {
    boolean byLicense =
        user.outcome() != PartOutcome.REJECTED && license.outcome() == PartOutcome.REJECTED;
    HeardPart told = byLicense ? license : user;
    return new EndedRow(
        tenant,
        jobId,
        row,
        byLicense ? Part.LICENSE : Part.USER,
        told.outcome(),
        told.code(),
        told.detail());
  }

  /** PostgreSQL's text takes every character but this one. */
  private static String storable(String detail) {
    return detail == null ? null : detail.replace("\0", "");
  }
}
