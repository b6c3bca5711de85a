package io.muster.user.behind;

import io.muster.user.behind.FollowedLately.Followed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What waits to be followed up at some moment, and what of it had better wait a little longer: rows
 * of big jobs that still run.
 *
 * @param tenants that have something in the notes of changes, in order
 * @param running jobs whose notes can wait; empty when too much waits
 * @param searchDue tenants that have words to be written anew, in order
 * @param quiet no big job runs: what is done now has the machine
 */
record Backlog(Set<String> tenants, Set<UUID> running, List<SearchDue> searchDue, boolean quiet) {
  /**
   * A job's notes.
   *
   * @param job null for accounts without a change
   * @param oldest when its oldest note was written
   * @param newest when its newest note was written
   */
  record Waiting(String tenant, UUID job, long rows, Instant oldest, Instant newest) {}

  /**
   * Words of a tenant's accounts.
   *
   * @param canWait whether all of them can
   */
  record SearchDue(String tenant, long rows, boolean canWait) {}

  /**
   * @param lately what of running jobs doesn't wait any more
   * @param mostWaiting rows of all jobs together; from there on nothing waits
   */
  static Backlog of(
      List<Waiting> notes,
      List<SearchDue> due,
      List<Followed> lately,
      Instant now,
      BehindConfig config,
      long mostWaiting) {
    Set<String> tenants = new TreeSet<>();
    Set<UUID> running = new HashSet<>();
    Map<UUID, Double> followed = new HashMap<>();
    for (Followed job : lately) {
      followed.put(job.job(), job.rows());
      if (job.rows() >= config.bigJob() && isYounger(job.newest(), now, config.quietAfter())) {
        running.add(job.job());
      }
    }
    long rows = due.stream().mapToLong(SearchDue::rows).sum();
    boolean hurry = false;
    for (Waiting waiting : notes) {
      tenants.add(waiting.tenant());
      rows += waiting.rows();
      if (waiting.job() != null
          && waiting.rows() + followed.getOrDefault(waiting.job(), 0.0) >= config.bigJob()
          && isYounger(waiting.newest(), now, config.quietAfter())) {
        running.add(waiting.job());
        hurry |= !isYounger(waiting.oldest(), now, config.longestWait());
      }
    }
    hurry |= rows >= mostWaiting;
    return new Backlog(tenants, hurry ? Set.of() : running, due, running.isEmpty());
  }

  private static boolean isYounger(Instant time, Instant now, Duration age) {
    return time.isAfter(now.minus(age));
  }

  /** Whether something runs that what is done behind it would slow down. */
  boolean jobsRun() {
    return !running.isEmpty();
  }
}
