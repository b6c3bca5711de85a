package io.muster.bulkingest.child;

import io.muster.contracts.job.JobSource;

/** The three sorts of children. */
enum ChildKind {
  RETRY(JobSource.RETRY, "No row of this job failed that a retry could do again."),
  UNDO(JobSource.UNDO, "No row of this job succeeded, so there is nothing to undo."),
  RUN(JobSource.RUN, "The dry run has no rows.");

  private final JobSource source;
  private final String nothingToDo;

  ChildKind(JobSource source, String nothingToDo) {
    this.source = source;
    this.nothingToDo = nothingToDo;
  }

  JobSource source() {
    return source;
  }

  /** Why there is no such child when no row is to be done. */
  String nothingToDo() {
    return nothingToDo;
  }

  /** In sentences. */
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
