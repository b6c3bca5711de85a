package io.muster.gateway.track.count;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.gateway.track.job.JobKey;
import io.muster.gateway.track.row.PartsOfARow;
import io.muster.gateway.track.row.RowOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What one batch of results adds to the counts. Not thread-safe. */
final class BatchTally {
  /** Rows of a job that came to an end in this batch; both may be 0. */
  record Delta(long succeeded, long failed) {
    static final Delta NONE = new Delta(0, 0);
    private static final Delta SUCCEEDED = new Delta(1, 0);
    private static final Delta FAILED = new Delta(0, 1);
  }

  /**
   * A row that failed in this batch.
   *
   * @param toBlame whose code is shown
   * @param code null when that part was rejected in an earlier batch: the table knows it
   */
  record FailedRow(JobKey job, long row, Part toBlame, RowCode code) {}

  private record PartKey(JobKey job, long row, Part part) {}

  private final Map<JobKey, Delta> deltas = new LinkedHashMap<>();
  private final List<RowResult> refusals = new ArrayList<>();
  private final List<RowResult> notes = new ArrayList<>();
  private final Map<PartKey, RowCode> codes = new LinkedHashMap<>();
  private final List<FailedRow> failedRows = new ArrayList<>();

  /** Even a repeat makes the job's counts be told again: whoever missed them asks by repeating. */
  void touch(JobKey job) {
    deltas.putIfAbsent(job, Delta.NONE);
  }

  /** A part was refused, and this is the first time we hear it. */
  void refused(RowResult result) {
    refusals.add(result);
    codes.put(new PartKey(jobOf(result), result.row(), result.part()), result.code());
  }

  /** A part was applied with something to add, and this is the first time we hear it. */
  void noted(RowResult result) {
    notes.add(result);
  }

  /** A row came to its end. */
  void ended(JobKey job, long row, PartsOfARow parts) {
    boolean succeeded = parts.outcome() == RowOutcome.SUCCEEDED;
    deltas.merge(
        job,
        succeeded ? Delta.SUCCEEDED : Delta.FAILED,
        (a, b) -> new Delta(a.succeeded() + b.succeeded(), a.failed() + b.failed()));
    if (!succeeded) {
      Part toBlame = parts.toBlame();
      RowCode code = codes.get(new PartKey(job, row, toBlame));
      failedRows.add(new FailedRow(job, row, toBlame, code));
    }
  }

  /** Every job of the batch. */
  Map<JobKey, Delta> deltas() {
    return deltas;
  }

  List<RowResult> refusals() {
    return refusals;
  }

  List<RowResult> notes() {
    return notes;
  }

  List<FailedRow> failedRows() {
    return failedRows;
  }

  Set<JobKey> moved() {
    return deltas.entrySet().stream()
        .filter(delta -> !delta.getValue().equals(Delta.NONE))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static JobKey jobOf(RowResult result) {
    return new JobKey(result.tenant(), result.jobId());
  }
}
