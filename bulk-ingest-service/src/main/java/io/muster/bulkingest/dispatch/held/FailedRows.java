package io.muster.bulkingest.dispatch.held;

import io.muster.bulkingest.dispatch.DispatchConfig;
import io.muster.bulkingest.dispatch.lease.Checkpoints;
import io.muster.bulkingest.dispatch.window.FinishedRows;
import io.muster.bulkingest.dispatch.window.FinishedRows.Counts;
import io.muster.bulkingest.guard.FailureGuard;
import io.muster.bulkingest.guard.FailureLimit;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Holds guarded jobs to what is known of their failures: by results' headers at once, and by the
 * gateway's counts, which also know of rows that an earlier dispatcher sent. Only the dispatcher's
 * thread calls. Why so: {@code docs/decisions/0014-how-jobs-stop.md}.
 */
@Singleton
class FailedRows {
  private final Checkpoints checkpoints;
  private final FinishedRows finished;
  private final FailureGuard guard;
  private final DispatchConfig config;
  private final Clock clock;
  private final Map<UUID, Counts> byTheGateway = new HashMap<>();
  private final Map<UUID, Standstill> standstills = new HashMap<>();

  FailedRows(
      Checkpoints checkpoints,
      FinishedRows finished,
      FailureGuard guard,
      DispatchConfig config,
      Clock clock) {
    this.checkpoints = checkpoints;
    this.finished = finished;
    this.guard = guard;
    this.config = config;
    this.clock = clock;
  }

  /** Since when a job waits at these counts. */
  private record Standstill(Counts counts, Instant since) {}

  void follow(OpenJob job) {
    if (job.failures().limit() != null) {
      finished.follow(job.key().jobId(), job.intendedBefore());
      lookAt(job);
    }
  }

  void forget(OpenJob job) {
    finished.forget(job.key().jobId());
    byTheGateway.remove(job.key().jobId());
    standstills.remove(job.key().jobId());
  }

  /** Asks for the gateway's counts of jobs that can't go on by what the headers told. */
  void lookAtCounts(Collection<OpenJob> open) throws SQLException {
    List<UUID> waiting =
        open.stream()
            .filter(OpenJob::hasMore)
            .filter(OpenJob::waitsForCounts)
            .map(job -> job.key().jobId())
            .toList();
    if (!waiting.isEmpty()) {
      byTheGateway.putAll(checkpoints.finished(waiting));
    }
  }

  /** Lets a job go on as far as its failures allow, or stops it. */
  void lookAt(OpenJob job) {
    FailureLimit limit = job.failures().limit();
    if (limit == null) {
      return;
    }
    UUID id = job.key().jobId();
    Counts known =
        job.failures()
            .before()
            .plus(finished.of(id))
            .orNewer(byTheGateway.getOrDefault(id, Counts.NONE));
    job.allow(guard.allowed(limit, known.finished(), known.failed()));
    if (job.hasMore() && job.sendsNewRows()) {
      guard.exceeded(limit, known.finished(), known.failed()).ifPresent(job::stopForFailures);
    }
    if (!job.hasMore() || !job.waitsForCounts()) {
      standstills.remove(id);
    } else if (!standstills.containsKey(id) || !standstills.get(id).counts().equals(known)) {
      standstills.put(id, new Standstill(known, clock.instant()));
    }
  }

  /**
   * Whether what it waits for must be taken for lost: nothing came back for as long as after which
   * a job that was sent whole is sent again.
   */
  boolean waitsInVain(OpenJob job) {
    Standstill standstill = standstills.get(job.key().jobId());
    return standstill != null
        && !standstill.since().plus(config.silence()).isAfter(clock.instant());
  }
}
