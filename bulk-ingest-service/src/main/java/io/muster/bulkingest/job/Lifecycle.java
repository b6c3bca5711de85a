package io.muster.bulkingest.job;

import io.muster.contracts.job.JobState;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The one table of a job's allowed changes of state. Final states allow none. */
public final class Lifecycle {
  private static final Map<JobState, Set<JobState>> ALLOWED = new EnumMap<>(JobState.class);

  static {
    ALLOWED.put(
        JobState.QUEUED,
        EnumSet.of(
            JobState.RUNNING,
            JobState.PAUSED,
            JobState.CANCELLING,
            JobState.SUCCEEDED,
            JobState.PARTIALLY_FAILED,
            JobState.FAILED,
            JobState.CANCELLED));
    ALLOWED.put(
        JobState.RUNNING,
        EnumSet.of(
            JobState.PAUSED,
            JobState.CANCELLING,
            JobState.SUCCEEDED,
            JobState.PARTIALLY_FAILED,
            JobState.FAILED));
    ALLOWED.put(
        JobState.PAUSED,
        EnumSet.of(
            JobState.QUEUED,
            JobState.RUNNING,
            JobState.CANCELLING,
            JobState.SUCCEEDED,
            JobState.PARTIALLY_FAILED,
            JobState.FAILED));
    ALLOWED.put(
        JobState.CANCELLING,
        EnumSet.of(
            JobState.CANCELLED, JobState.SUCCEEDED, JobState.PARTIALLY_FAILED, JobState.FAILED));
    for (JobState state : JobState.values()) {
      ALLOWED.computeIfAbsent(state, none -> EnumSet.noneOf(JobState.class));
    }
  }

  private Lifecycle() {}

  public static boolean allows(JobState from, JobState to) {
    return ALLOWED.get(from).contains(to);
  }

  static void check(JobState from, JobState to) {
    if (!allows(from, to)) {
      throw new IllegalStateException("a job can't go from " + from + " to " + to);
    }
  }

  /**
   * How a job ends whose rows have all come to their end.
   *
   * @param failed door refusals included
   */
  public static JobState end(long total, long failed, long cancelled) {
    if (cancelled > 0) {
      return JobState.CANCELLED;
    }
    if (failed == 0) {
      return JobState.SUCCEEDED;
    }
    return failed == total ? JobState.FAILED : JobState.PARTIALLY_FAILED;
  }
}
