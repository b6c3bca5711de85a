package io.muster.gateway.status;

import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.RequestCode;
import io.muster.contracts.result.RowCode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A job as the gateway knows it: its owner's newest snapshot and the gateway's own counts.
 *
 * @param job without submitter and file name when {@code people} is false
 * @param people whether the view may hold personal data
 * @param succeeded rows whose parts were all applied
 * @param failedOnBus rows refused by services; door refusals are in the snapshot
 * @param failuresOnBus those by the code that is shown
 * @param lastResultAt when the last row ended; null before the first
 * @param revision rises with every change
 * @param seats what an ended dry run would need; null until license-service was asked
 */
public record JobView(
    JobSnapshot job,
    boolean people,
    long succeeded,
    long failedOnBus,
    Map<RowCode, Long> failuresOnBus,
    Instant lastResultAt,
    long revision,
    List<SeatNeed> seats) {

  /** A job of which no result was counted yet. */
  public static JobView fresh(JobSnapshot job) {
    return new JobView(job, true, 0, 0, Map.of(), null, 0, null);
  }

  /** The same for a viewer who may see people, or may not. */
  public JobView forViewer(boolean seesPeople) {
    return new JobView(
        job,
        people && seesPeople,
        succeeded,
        failedOnBus,
        failuresOnBus,
        lastResultAt,
        revision,
        seats);
  }

  JobView withSeats(List<SeatNeed> told) {
    return new JobView(
        job, people, succeeded, failedOnBus, failuresOnBus, lastResultAt, revision, told);
  }

  /**
   * This view, as long as the job's rows are there: until {@code close}, or 30 days behind its end.
   *
   * @throws RequestRefused JOB_CLOSED
   */
  public JobView stillOpen(Instant now) {
    boolean over = job.closesAt() != null && !now.isBefore(job.closesAt());
    if (job.closedAt() != null || over) {
      throw RequestRefused.because(
          RequestCode.JOB_CLOSED,
          "The job is closed: its rows are gone, only its numbers are kept.");
    }
    return this;
  }

  /** Rows that came to an end on the bus. */
  public long ended() {
    return succeeded + failedOnBus;
  }

  /** Failed rows by code, those refused at the door included. */
  public Map<RowCode, Long> failures() {
    Map<RowCode, Long> failures = new EnumMap<>(RowCode.class);
    failures.putAll(job.refused());
    failuresOnBus.forEach((code, rows) -> failures.merge(code, rows, Long::sum));
    return failures;
  }
}
