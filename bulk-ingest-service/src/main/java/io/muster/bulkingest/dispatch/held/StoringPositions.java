package io.muster.bulkingest.dispatch.held;

import io.muster.bulkingest.dispatch.DispatchConfig;
import io.muster.bulkingest.dispatch.lease.Checkpoints.JobKey;
import io.muster.bulkingest.dispatch.lease.StoringIntents;
import io.muster.bulkingest.dispatch.lease.StoringIntents.Intent;
import io.muster.bulkingest.job.OwedEvents;
import io.muster.chassis.stage.Stage;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Stores where the held jobs are, in one transaction a round: intents before anything is sent,
 * acknowledgements when they have come, and everything in good time before leases run out. Only the
 * dispatcher's thread calls.
 */
@Singleton
public class StoringPositions {
  private static final Logger LOG = Logger.getLogger(StoringPositions.class);
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final DispatchConfig config;
  private final StoringIntents intents;
  private final OwedEvents owedEvents;
  private final Clock clock;
  private long renewedNanos = System.nanoTime();

  StoringPositions(
      DispatchConfig config, StoringIntents intents, OwedEvents owedEvents, Clock clock) {
    this.config = config;
    this.intents = intents;
    this.owedEvents = owedEvents;
    this.clock = clock;
  }

  /**
   * Stores the intents of these slices with all positions that have moved.
   *
   * @return the jobs whose lease still holds, of those that were stored; slices of others must not
   *     be sent
   */
  public Set<UUID> store(HeldJobs jobs, List<SentSlice> slices) throws SQLException {
    Set<OpenJob> changed = changed(jobs, slices);
    if (changed.isEmpty()) {
      return Set.of();
    }
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
    Set<UUID> held;
    try (Stage.Busy unused = Stage.POSITIONS.begin()) {
      held = intents.store(List.copyOf(positions.values()), toReport, config.lease().toMillis());
    }
    positions.forEach(
        (job, intent) -> {
          if (held.contains(job.key().jobId())) {
            job.stored(intent.position());
          } else {
            LOG.infof("lost the lease of job %s", job.key().jobId());
            jobs.giveBack(job);
          }
        });
    // Of one that grows it would be told with every row: the sweep tells it once a second.
    Set<UUID> growing =
        changed.stream()
            .filter(OpenJob::grows)
            .map(job -> job.key().jobId())
            .collect(Collectors.toSet());
    toReport.stream()
        .filter(job -> held.contains(job.jobId()) && !growing.contains(job.jobId()))
        .forEach(job -> owedEvents.tellLater(job.tenant(), job.jobId()));
    return held;
  }

  private Set<OpenJob> changed(HeldJobs jobs, List<SentSlice> slices) {
    boolean all = leasesAreHalfOver();
    List<OpenJob> news = jobs.all().stream().filter(job -> all || job.hasNews()).toList();
    boolean canWait = slices.isEmpty() && news.stream().allMatch(StoringPositions::canWait);
    if (canWait && !all) {
      return Set.of();
    }
    Set<OpenJob> changed = new LinkedHashSet<>(news);
    slices.stream().map(SentSlice::job).forEach(changed::add);
    return changed;
  }

  /**
   * That a call which was handed over is on the bus matters only to whoever would take it over when
   * its lease has run out: it is stored with what else there is to store.
   */
  private static boolean canWait(OpenJob job) {
    return job.wasHandedOver() && System.nanoTime() - job.openedNanos() < GATHER_NANOS;
  }

  private boolean leasesAreHalfOver() {
    if (System.nanoTime() - renewedNanos < config.lease().toNanos() / 3) {
      return false;
    }
    renewedNanos = System.nanoTime();
    return true;
  }
}
