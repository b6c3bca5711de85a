package io.muster.user.behind;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How much of which job this instance has followed up in the last seconds. What waits alone doesn't
 * tell a big job from small ones: one that is followed as fast as it goes on never has much
 * waiting, and would for that very reason be followed so to its end. Threads may share it.
 */
@ApplicationScoped
class FollowedLately {
  private final Duration halfLife;
  private final Map<UUID, Followed> jobs = new HashMap<>();

  FollowedLately(BehindConfig config) {
    this.halfLife = config.quietAfter();
  }

  /**
   * A job's part of it.
   *
   * @param rows of which those that were followed longer ago count less
   * @param newest when the newest of the notes was written
   * @param at the moment for which rows are told
   */
  record Followed(UUID job, double rows, Instant newest, Instant at) {
    private Followed at(Instant now, Duration halfLife) {
      double age = Math.max(0, Duration.between(at, now).toNanos());
      return new Followed(job, rows * Math.pow(0.5, age / halfLife.toNanos()), newest, now);
    }

    private Followed and(Followed more) {
      return new Followed(
          job, rows + more.rows, newest.isAfter(more.newest) ? newest : more.newest, at);
    }
  }

  /**
   * @param written when the note was
   */
  synchronized void followed(UUID job, long rows, Instant written, Instant now) {
    Followed more = new Followed(job, rows, written, now);
    jobs.merge(job, more, (before, added) -> before.at(now, halfLife).and(added));
  }

  /** In no order; a job of which nothing is left to tell is forgotten. */
  synchronized List<Followed> at(Instant now) {
    jobs.replaceAll((job, before) -> before.at(now, halfLife));
    jobs.values().removeIf(followed -> followed.rows() < 1);
    return new ArrayList<>(jobs.values());
  }
}
