package io.muster.contracts.job;

import java.util.Objects;

/**
 * A change in a job's life, with the job as it is after it. Key on the topic: the job.
 *
 * @param type what happened
 * @param job the job after it; carries its version
 */
public record JobEvent(Type type, JobSnapshot job) {

  /** What happened. */
  public enum Type {
    ACCEPTED,
    DISPATCHED,
    PAUSED,
    RESUMED,
    CANCELLED,
    FINISHED,
    CLOSED
  }

  public JobEvent {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(job, "job");
  }
}
