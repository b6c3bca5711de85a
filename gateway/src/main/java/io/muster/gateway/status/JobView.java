package io.muster.gateway.status;

import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.result.RowCode;
import java.time.Instant;
import java.util.EnumMap;
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
 */
public record JobView(
    JobSnapshot job,
    boolean people,
    long succeeded,
    long failedOnBus,
    Map<RowCode, Long> failuresOnBus,
    Instant lastResultAt,
    long revision) {

  /** A job of which no result was counted yet. */
  public static JobView fresh(JobSnapshot job) {
    return new JobView(job, true, 0, 0, Map.of(), null, 0);
  }

  /** The same for a viewer who may see people, or may not. */
  JobView forViewer(boolean seesPeople) {
    return new JobView(
        job, people && seesPeople, succeeded, failedOnBus, failuresOnBus, lastResultAt, revision);
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
