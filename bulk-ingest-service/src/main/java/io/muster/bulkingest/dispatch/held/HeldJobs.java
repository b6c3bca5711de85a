package io.muster.bulkingest.dispatch.held;

import io.muster.bulkingest.dispatch.lease.Checkpoints;
import io.muster.bulkingest.dispatch.lease.Checkpoints.Checkpoint;
import io.muster.bulkingest.dispatch.lease.HaltingDispatch;
import io.muster.bulkingest.dispatch.turn.FairTurns;
import io.muster.bulkingest.dispatch.window.RowCosts;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.bulkingest.job.PausingByGuard;
import io.muster.chassis.stage.Stage;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The jobs whose leases this dispatcher holds, and whose turn it is among them. Only the
 * dispatcher's thread calls.
 */
@Singleton
public class HeldJobs {
  private static final Logger LOG = Logger.getLogger(HeldJobs.class);

  private final ClaimingJobs claiming;
  private final Checkpoints checkpoints;
  private final OpeningJobs opening;
  private final AllowedRemovals removals;
  private final BlastRadius blastRadius;
  private final FailedRows failedRows;
  private final PausingByGuard pausing;
  private final HaltingDispatch halting;
  private final HandedOver handedOver;
  private final FairTurns<OpenJob> turns =
      new FairTurns<>(job -> job.hasMore() && !job.waitsForCounts());
  private final Map<UUID, OpenJob> open = new LinkedHashMap<>();
  private volatile int count;

  HeldJobs(
      ClaimingJobs claiming,
      Checkpoints checkpoints,
      OpeningJobs opening,
      AllowedRemovals removals,
      BlastRadius blastRadius,
      FailedRows failedRows,
      PausingByGuard pausing,
      HaltingDispatch halting,
      HandedOver handedOver) {
    this.handedOver = handedOver;
    this.claiming = claiming;
    this.checkpoints = checkpoints;
    this.opening = opening;
    this.removals = removals;
    this.blastRadius = blastRadius;
    this.failedRows = failedRows;
    this.pausing = pausing;
    this.halting = halting;
  }

  public boolean isEmpty() {
    return open.isEmpty();
  }

  /** All of them. */
  List<OpenJob> all() {
    return List.copyOf(open.values());
  }

  /** Whose jobs they are: so many tenants. */
  public int tenants() {
    return (int) open.values().stream().map(job -> job.key().tenant()).distinct().count();
  }

  /** How many there are; from any thread, a moment old. */
  public int count() {
    return count;
  }

  /**
   * Reads no more of jobs that operators have halted, and takes the leases of jobs with rows to
   * send that nobody holds, as far as there are places.
   */
  public void lookForWork() throws SQLException {
    Set<String> halted = halting.halted();
    open.values().stream()
        .filter(job -> halted.contains(HaltingDispatch.ALL) || halted.contains(job.key().tenant()))
        .forEach(OpenJob::hold);
    handedOver.look(halted, claiming.placesForSingles(open.values()));
    failedRows.lookAtCounts(open.values());
    for (Checkpoint claimed : claiming.claim(open.values())) {
      OpenJob before = open.get(claimed.job().jobId());
      if (before != null) {
        // Paused and resumed before its next intent: under the old lease it must not go on.
        drop(before);
      }
      try {
        OpenJob job = opening.open(claimed);
        open.put(claimed.job().jobId(), job);
        turns.add(claimed.job().tenant(), job, claimed.single());
        failedRows.follow(job);
        removals.forget(claimed.job().tenant());
      } catch (IOException | RuntimeException e) {
        // Its lease runs out, then it is tried again; the others go on meanwhile.
        LOG.errorf(e, "a spool can't be opened, jobId=%s", claimed.job().jobId());
      }
    }
  }

  /** Takes the single calls that were handed over. */
  public void takeHandedOver() {
    for (HandedOver.Single single : handedOver.take()) {
      OpenJob job = opening.open(single);
      open.put(job.key().jobId(), job);
      turns.add(job.key().tenant(), job, true);
    }
  }

  /** Nothing is to be handed over for the time being. */
  public void handOverNothing() {
    handedOver.look(Set.of(), 0);
  }

  /**
   * Guarded jobs go on as far as is known what became of the rows before. What one of them waits
   * for in vain is sent again: it isn't sent whole, so nobody else would.
   */
  public void lookAtFailures() throws SQLException {
    for (OpenJob job : all()) {
      boolean waited = job.waitsForCounts();
      failedRows.lookAt(job);
      if (failedRows.waitsInVain(job)) {
        LOG.warnf("nothing came back of job %s: sending again", job.key().jobId());
        checkpoints.beginAgain(job.key(), job.epoch());
        drop(job);
      } else if (waited && !job.waitsForCounts() && job.hasMore()) {
        turns.removeIf(each -> each == job);
        turns.add(job.key().tenant(), job, job.single());
      }
    }
  }

  /** Of single calls, and of all others. */
  public FairTurns<OpenJob> turns() {
    return turns;
  }

  /** What the single calls cost that are held and not sent yet. */
  public long costOfWaitingSingles(RowCosts costs) {
    return open.values().stream()
        .filter(job -> job.single() && job.hasMore())
        .mapToLong(job -> job.leastCost(costs))
        .sum();
  }

  /** More single calls wait than can be held. */
  public boolean singlesLeftOut() {
    return claiming.singlesLeftOut();
  }

  /** Reads a job's next slice, cut where its guard would stop it. */
  public SentSlice read(OpenJob job, RowCosts costs, long cost) throws IOException, SQLException {
    try (Stage.Busy unused = Stage.READ.begin()) {
      SentSlice slice = job.read(costs, cost, removals.of(job));
      removals.taken(job, slice.counted());
      return slice;
    }
  }

  /**
   * Gives back what was sent to its end or is not to go on, and what has to be begun again at its
   * checkpoint.
   *
   * @return whether one of them grows: rows may have come while it was held
   */
  public boolean closeWhatIsOver() {
    boolean grows = false;
    for (OpenJob job : all()) {
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
      if (job.tooManyFailures() != null && job.isSettled()) {
        pausing.pause(
            job.key().tenant(),
            job.key().jobId(),
            PausingByGuard.MAX_FAILURES,
            job.tooManyFailures());
      }
      if (job.isBroken() || job.isDone() || job.isSettled()) {
        grows |= job.grows() && job.isDone();
        if (job.isDone() && job.wasHandedOver()) {
          // Nobody looks for more of it: its lease may run out.
          drop(job);
        } else {
          giveBack(job);
        }
      }
    }
    count = open.size();
    return grows;
  }

  /** Lets others have a job, or this one begin it again. */
  void giveBack(OpenJob job) {
    release(job);
    drop(job);
  }

  /** Lets go of a job whose lease can't be used. */
  public void drop(OpenJob job) {
    open.remove(job.key().jobId());
    turns.removeIf(each -> each == job);
    removals.forget(job.key().tenant());
    failedRows.forget(job);
    close(job);
  }

  /** After a stumble: what is known here may be wrong; leases run out by themselves. */
  public void forgetAll() {
    open.values().forEach(failedRows::forget);
    open.values().forEach(HeldJobs::close);
    open.clear();
    turns.removeIf(all -> true);
  }

  /** Lets another dispatcher go on at once. */
  public void giveBackAll() {
    open.values().forEach(this::release);
  }

  private void release(OpenJob job) {
    try {
      if (job.makesRoom()) {
        checkpoints.putBack(job.key(), job.epoch());
      } else {
        checkpoints.release(job.key(), job.epoch());
      }
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
