package io.muster.bulkingest.dispatch.window;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many rows of a guarded job came back and how many of them failed, from the headers of their
 * results: the gateway's counts come a second later, and by then a whole file is on the bus. Only
 * what this dispatcher was the first to send is in here: what is sent again may be in the gateway's
 * counts already. Thread-safe.
 */
@Singleton
public final class FinishedRows {
  private final Map<UUID, Followed> jobs = new ConcurrentHashMap<>();

  /**
   * A job that is followed.
   *
   * @param behind its rows up to this one don't count
   */
  private record Followed(long behind, Counts counts) {}

  /**
   * @param finished failed ones included
   */
  public record Counts(long finished, long failed) {
    public static final Counts NONE = new Counts(0, 0);

    public Counts plus(Counts more) {
      return new Counts(finished + more.finished, failed + more.failed);
    }

    /** Both only ever grow, so of two the larger is the newer. */
    public Counts orNewer(Counts other) {
      return new Counts(Math.max(finished, other.finished), Math.max(failed, other.failed));
    }
  }

  /** From now on that job's rows behind this one are counted, from nothing. */
  public void follow(UUID job, long behind) {
    jobs.put(job, new Followed(behind, Counts.NONE));
  }

  public void forget(UUID job) {
    jobs.remove(job);
  }

  /** A row came to its end. */
  void ended(UUID job, long row, boolean failed) {
    Counts one = new Counts(1, failed ? 1 : 0);
    jobs.computeIfPresent(
        job,
        (id, now) ->
            row <= now.behind() ? now : new Followed(now.behind(), now.counts().plus(one)));
  }

  /** Since {@link #follow}; none for a job that isn't followed. */
  public Counts of(UUID job) {
    Followed followed = jobs.get(job);
    return followed == null ? Counts.NONE : followed.counts();
  }
}
