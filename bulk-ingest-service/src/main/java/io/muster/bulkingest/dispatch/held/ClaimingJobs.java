package io.muster.bulkingest.dispatch.held;

import io.muster.bulkingest.dispatch.DispatchConfig;
import io.muster.bulkingest.dispatch.lease.Checkpoints;
import io.muster.bulkingest.dispatch.lease.Checkpoints.Checkpoint;
import io.muster.bulkingest.dispatch.lease.Checkpoints.JobKey;
import io.muster.bulkingest.dispatch.lease.Checkpoints.Waiting;
import io.muster.bulkingest.dispatch.turn.Places;
import io.muster.bulkingest.instances.ThisInstance;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the leases of jobs that wait: of single calls all that can be held, of files as many as
 * there are places for. While files wait for a place, those that have had theirs for a while make
 * room, so that the last of many jobs goes on like the first. Only the dispatcher's thread calls.
 */
@Singleton
class ClaimingJobs {
  private final DispatchConfig config;
  private final Checkpoints checkpoints;
  private final Places places;
  private final String owner;
  private boolean singlesLeftOut;

  ClaimingJobs(ThisInstance me, DispatchConfig config, Checkpoints checkpoints) {
    this.owner = me.id().toString();
    this.config = config;
    this.checkpoints = checkpoints;
    this.places = new Places(config.openJobsPerTenant(), config.openJobs());
  }

  /**
   * @param held jobs that are held already, those first that have been for the longest
   * @return those whose leases are taken now
   */
  List<Checkpoint> claim(Collection<OpenJob> held) throws SQLException {
    Map<String, Integer> filesOf = new HashMap<>();
    int singles = 0;
    for (OpenJob job : held) {
      if (job.single()) {
        singles++;
      } else {
        filesOf.merge(job.key().tenant(), 1, Integer::sum);
      }
    }
    int freeForSingles = config.openSingleCalls() - singles;
    Waiting waiting =
        checkpoints.findWork(
            owner,
            freeForSingles + 1,
            config.openJobsPerTenant() + 1,
            config.openJobs() + 1,
            config.sliceRows());
    Places.HandedOut<JobKey> files = places.handOut(filesOf, waiting.files(), JobKey::tenant);
    makeRoom(held, filesOf, files.leftOut());
    singlesLeftOut = waiting.singles().size() > freeForSingles;
    List<JobKey> wanted = new ArrayList<>(files.opened());
    waiting.singles().stream().limit(Math.max(0, freeForSingles)).forEach(wanted::add);
    return wanted.isEmpty()
        ? List.of()
        : checkpoints.claim(wanted, owner, config.lease().toMillis());
  }

  /** How many more single calls can be held. */
  int placesForSingles(Collection<OpenJob> held) {
    return config.openSingleCalls() - (int) held.stream().filter(OpenJob::single).count();
  }

  /** More single calls wait than can be held. */
  boolean singlesLeftOut() {
    return singlesLeftOut;
  }

  private void makeRoom(
      Collection<OpenJob> held, Map<String, Integer> filesOf, List<JobKey> leftOut) {
    long now = System.nanoTime();
    for (JobKey waits : leftOut) {
      boolean ownAreTooMany = filesOf.getOrDefault(waits.tenant(), 0) >= config.openJobsPerTenant();
      held.stream()
          .filter(job -> !job.single() && !job.makesRoom())
          .filter(job -> now - job.openedNanos() >= config.turn().toNanos())
          .filter(job -> !ownAreTooMany || job.key().tenant().equals(waits.tenant()))
          .findFirst()
          .ifPresent(OpenJob::makeRoom);
    }
  }
}
