package io.muster.contracts.job;

/** Where a job is in its life. Which changes are allowed is bulk-ingest-service's table. */
public enum JobState {
  QUEUED,
  RUNNING,
  PAUSED,
  CANCELLING,
  SUCCEEDED,
  PARTIALLY_FAILED,
  FAILED,
  CANCELLED;

  /** No row's outcome changes any more. */
  public boolean isFinal() {
    return switch (this) {
      case SUCCEEDED, PARTIALLY_FAILED, FAILED, CANCELLED -> true;
      case QUEUED, RUNNING, PAUSED, CANCELLING -> false;
    };
  }
}
