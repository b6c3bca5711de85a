package io.muster.contracts.job;

/** Where a job's rows come from. */
public enum JobSource {
  FILE,
  SINGLE,
  SCIM,
  HR,
  RETRY,
  UNDO,
  RUN
}
