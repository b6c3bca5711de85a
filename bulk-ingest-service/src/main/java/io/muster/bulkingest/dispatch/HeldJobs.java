package io.muster.bulkingest.dispatch;

import io.muster.bulkingest.dispatch.Checkpoints.Checkpoint;
import io.muster.bulkingest.dispatch.Checkpoints.JobKey;
import io.muster.bulkingest.dispatch.OpenJob.SentSlice;
import io.muster.bulkingest.dispatch.StoringIntents.Intent;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.bulkingest.guard.FailureGuard;
import io.muster.bulkingest.job.OwedEvents;
import io.muster.bulkingest.job.PausingByGuard;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The jobs whose leases this dispatcher holds, and whose turn it is among them. Only the
 * dispatcher's thread calls.
 */
@Singleton
class HeldJobs {
  private static final Logger LOG = Logger.getLogger(HeldJobs.class);

  private final DispatchConfig config;
  private final Checkpoints checkpoints;
  private final StoringIntents intents;
  private final OpeningJobs opening;
  private final AllowedRemovals removals;
  private final BlastRadius blastRadius;
  private final FailureGuard guard;
  private final PausingByGuard pausing;
  private final HaltingDispatch halting;
  private final OwedEvents owedEvents;
  private final Clock clock;
  private final String owner = UUID.randomUUID().toString();
  private final FairTurns<OpenJob> turns = new FairTurns<>();
  private final Map<UUID, OpenJob> open = new LinkedHashMap<>();
  private volatile int count;
  private long renewedNanos = System.nanoTime();

  HeldJobs(
      DispatchConfig config,
      Checkpoints checkpoints,
      StoringIntents intents,
      OpeningJobs opening,
      AllowedRemovals removals,
      BlastRadius blastRadius,
      FailureGuard guard,
      PausingByGuard pausing,
      HaltingDispatch halting,
      OwedEvents owedEvents,
      Clock clock) {
    this.config = config;
    this.checkpoints = checkpoints;
    this.intents = intents;
    this.opening = opening;
    this.removals = removals;
    this.blastRadius = blastRadius;
    this.guard = guard;
    this.pausing = pausing;
    this.halting = halting;
    this.owedEvents = owedEvents;
    this.clock = clock;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** How many there are; from any thread, a moment old. */
  int count() {
    return count;
  }

  /**
   * Reads no more of jobs that operators have halted, and takes the leases of jobs with rows to
   * send that nobody holds, as far as there is room.
   */
  void lookForWork() throws SQLException {
    Set<String> halted = halting.halted();
    open.values().stream()
        .filter(job -> halted.contains(HaltingDispatch.ALL) || halted.contains(job.key().tenant()))
        .forEach(OpenJob::hold);
    lookForCounts();
    int places = config.openJobs() - open.size();
    if (places <= 0) {
      return;
    }
    List<JobKey> found = checkpoints.findWork(config.openJobsPerTenant(), places);
    Map<String, Integer> openOf = new HashMap<>();
    open.values().forEach(job -> openOf.merge(job.key().tenant(), 1, Integer::sum));
    List<JobKey> wanted =
        found.stream()
            .filter(
                job -> openOf.merge(job.tenant(), 1, Integer::sum) <= config.openJobsPerTenant())
            .toList();
    if (wanted.isEmpty()) {
      return;
    }
    for (Checkpoint claimed : checkpoints.claim(wanted, owner, config.lease().toMillis())) {
      OpenJob before = open.get(claimed.job().jobId());
      if (before != null) {
        // Paused and resumed before its next intent: under the old lease it must not go on.
        drop(before);
      }
      try {
        OpenJob job = opening.open(claimed);
        open.put(claimed.job().jobId(), job);
        turns.add(claimed.job().tenant(), job, claimed.single());
        removals.forget(claimed.job().tenant());
      } catch (IOException | RuntimeException e) {
        // Its lease runs out, then it is tried again; the others go on meanwhile.
        LOG.errorf(e, "a spool can't be opened, jobId=%s", claimed.job().jobId());
      }
    }
  }

  /** The job whose turn it is; empty when none has rows that may be read now. */
  Optional<OpenJob> nextTurn() {
    turns.removeIf(each -> !each.hasMore() || each.waitsForCounts());
    return turns.next();
  }

  /** Guarded jobs go on as far as is known what became of the rows before. */
  private void lookForCounts() throws SQLException {
    List<OpenJob> waiting =
        open.values().stream().filter(OpenJob::hasMore).filter(OpenJob::waitsForCounts).toList();
    if (waiting.isEmpty()) {
      return;
    }
    Map<UUID, Long> finished =
        checkpoints.finished(waiting.stream().map(job -> job.key().jobId()).toList());
    for (OpenJob job : waiting) {
      job.allow(guard.allowed(finished.getOrDefault(job.key().jobId(), 0L)));
      if (!job.waitsForCounts()) {
        turns.removeIf(each -> each == job);
        turns.add(job.key().tenant(), job, job.single());
      }
    }
  }

  /** Reads a job's next slice, cut where its guard would stop it. */
  SentSlice read(OpenJob job, RowCosts costs, long cost) throws IOException, SQLException {
    SentSlice slice = job.read(costs, cost, removals.of(job));
    removals.taken(job, slice.counted());
    return slice;
  }

  /**
   * Stores the intents of these slices with all positions that have moved, before anything is sent,
   * and renews leases in good time.
   *
   * @return the jobs whose lease still holds, of those that were stored; slices of others must not
   *     be sent
   */
  Set<UUID> store(List<SentSlice> slices) throws SQLException {
    List<OpenJob> changed =
        new ArrayList<>(open.values().stream().filter(OpenJob::hasNews).toList());
    slices.stream().map(SentSlice::job).filter(job -> !changed.contains(job)).forEach(changed::add);
    if (leasesAreHalfOver()) {
      open.values().stream().filter(job -> !changed.contains(job)).forEach(changed::add);
    }
    return changed.isEmpty() ? Set.of() : storePositions(changed);
  }

  private Set<UUID> storePositions(List<OpenJob> changed) throws SQLException {
    Map<OpenJob, Intent> positions = new LinkedHashMap<>();
    changed.forEach(
        job ->
            positions.put(
                job,
                new Intent(job.position(), job.countedButNotStored(), job.removals().limit())));
    List<JobKey> toReport =
        changed.stream()
            .filter(job -> job.reportIfDue(clock.instant(), config.reportEvery()))
            .map(OpenJob::key)
            .toList();
    Set<UUID> held =
        intents.store(List.copyOf(positions.values()), toReport, config.lease().toMillis());
    positions.forEach(
        (job, intent) -> {
          if (held.contains(job.key().jobId())) {
            job.stored(intent.position());
          } else {
            LOG.infof("lost the lease of job %s", job.key().jobId());
            giveBack(job);
            drop(job);
          }
        });
    toReport.stream()
        .filter(job -> held.contains(job.jobId()))
        .forEach(job -> owedEvents.tellSoon(job.tenant(), job.jobId()));
    return held;
  }

  private boolean leasesAreHalfOver() {
    if (System.nanoTime() - renewedNanos < config.lease().toNanos() / 3) {
      return false;
    }
    renewedNanos = System.nanoTime();
    return true;
  }

  /**
   * Gives back what was sent to its end or is not to go on, and what has to be begun again at its
   * checkpoint.
   */
  void closeWhatIsOver() {
    for (OpenJob job : List.copyOf(open.values())) {
      if (job.isBroken()) {
        LOG.warnf("rows of job %s were not acknowledged: sending again", job.key().jobId());
      }
      if (job.isStopped() && job.isSettled()) {
        pausing.pause(
            job.key().tenant(),
            job.key().jobId(),
            PausingByGuard.BLAST_RADIUS,
            blastRadius.detail(job.removals().activeAccounts()));
      }
      if (job.isBroken() || job.isDone() || job.isSettled()) {
        giveBack(job);
        drop(job);
      }
    }
    count = open.size();
  }

  /** Lets go of a job whose lease is lost, or can't be used. */
  void drop(OpenJob job) {
    open.remove(job.key().jobId());
    turns.removeIf(each -> each == job);
    removals.forget(job.key().tenant());
    close(job);
  }

  /** After a stumble: what is known here may be wrong; leases run out by themselves. */
  void forgetAll() {
    open.values().forEach(HeldJobs::close);
    open.clear();
    turns.removeIf(all -> true);
  }

  /** Lets another dispatcher go on at once. */
  void giveBackAll() {
    open.values().forEach(this::giveBack);
  }

  private void giveBack(OpenJob job) {
    try {
      checkpoints.release(job.key(), job.epoch());
    } catch (SQLException | RuntimeException e) {
      LOG.debugf("the lease of job %s runs out by itself", job.key().jobId());
    }
  }

  private static void close(OpenJob job) {
    try {
      job.close();
    } catch (IOException e) {
      LOG.warnf("can't close the spool of job %s", job.key().jobId());
    }
  }
}
