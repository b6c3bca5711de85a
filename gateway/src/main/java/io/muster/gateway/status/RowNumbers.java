package io.muster.gateway.status;

import io.muster.contracts.job.JobSnapshot;

/**
 * A job's rows by outcome. {@code total} is the sum of the others at every moment, none is ever
 * negative, and succeeded, failed and cancelled never go back.
 *
 * @param total every data row, those refused at the door included
 * @param failed refused at the door or by a service
 */
public record RowNumbers(
    long total, long pending, long inFlight, long succeeded, long failed, long cancelled) {

  /**
   * Results may be faster than the snapshot that tells of their dispatch, and, of a job that grows,
   * of their being there at all.
   */
  static RowNumbers of(JobView view) {
    JobSnapshot job = view.job();
    long failed = job.refusedRows() + view.failedOnBus();
    long closed = view.succeeded() + failed + job.cancelled();
    long total = Math.max(job.total(), closed);
    long open = total - closed;
    long inFlight = Math.min(open, Math.max(0, job.dispatched() - view.ended()));
    return new RowNumbers(
        total, open - inFlight, inFlight, view.succeeded(), failed, job.cancelled());
  }

  /** Rows that will still come to an end. */
  long open() {
    return pending + inFlight;
  }
}
