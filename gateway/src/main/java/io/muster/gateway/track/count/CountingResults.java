package io.muster.gateway.track.count;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowResult;
import io.muster.gateway.track.count.ProgressPlanes.ChunkKey;
import io.muster.gateway.track.job.JobKey;
import io.muster.gateway.track.row.ChunkPlanes;
import io.muster.gateway.track.row.PartsOfARow;
import io.muster.gateway.track.row.RowOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Counts each part of each row once, however often and in whatever order its results arrive: a
 * batch is one transaction, and only bits that were not set before move a counter.
 */
@ApplicationScoped
public class CountingResults {
  /**
   * What a batch changed, for those who wait for it.
   *
   * @param moved jobs in which rows came to an end
   * @param complete jobs of which no row is left on the bus, but for single calls
   * @param completeSingles likewise of single calls
   */
  public record Counted(Set<JobKey> moved, Set<JobKey> complete, Set<JobKey> completeSingles) {}

  private final DataSource dataSource;
  private final TenantScope tenants;
  private final ProgressPlanes progress;
  private final RowFailures failures;
  private final RowNotes notes;
  private final JobCounters counters;
  private final Clock clock;

  CountingResults(
      DataSource dataSource,
      TenantScope tenants,
      ProgressPlanes progress,
      RowFailures failures,
      RowNotes notes,
      JobCounters counters,
      Clock clock) {
    this.dataSource = dataSource;
    this.tenants = tenants;
    this.progress = progress;
    this.failures = failures;
    this.notes = notes;
    this.counters = counters;
    this.clock = clock;
  }

  /**
   * Takes a batch in, as one transaction.
   *
   * @throws SQLException nothing was counted; try again
   */
  @Transactional(rollbackOn = Exception.class)
  public Counted count(List<RowResult> results) throws SQLException {
    Map<ChunkKey, List<RowResult>> byChunk = new LinkedHashMap<>();
    Set<String> ofTenants = new HashSet<>();
    for (RowResult result : results) {
      ofTenants.add(result.tenant());
      byChunk.computeIfAbsent(chunkOf(result), chunk -> new ArrayList<>()).add(result);
    }
    tenants.enter(ofTenants);
    try (Connection connection = dataSource.getConnection()) {
      Map<ChunkKey, ChunkPlanes> chunks = progress.lock(connection, byChunk.keySet());
      BatchTally tally = new BatchTally();
      Map<ChunkKey, ChunkPlanes> changed = new HashMap<>();
      byChunk.forEach(
          (key, heard) -> {
            ChunkPlanes planes = chunks.get(key);
            if (planes == null) {
              return; // repeats of a job that is closed and forgotten
            }
            tally.touch(key.job());
            if (take(heard, planes, tally)) {
              changed.put(key, planes);
            }
          });
      progress.write(connection, changed);
      failures.keep(connection, tally.refusals());
      notes.keep(connection, tally.notes());
      failures.count(connection, failures.withCodes(connection, tally.failedRows()));
      JobCounters.Complete complete = counters.add(connection, tally.deltas(), clock.instant());
      return new Counted(tally.moved(), complete.jobs(), complete.singles());
    }
  }

  /** Returns whether any result told something new. */
  private static boolean take(List<RowResult> heard, ChunkPlanes planes, BatchTally tally) {
    boolean news = false;
    for (RowResult result : heard) {
      for (long row : result.allRows()) {
        news |= take(result, row, planes, tally);
      }
    }
    return news;
  }

  private static boolean take(RowResult result, long row, ChunkPlanes planes, BatchTally tally) {
    PartsOfARow before = planes.row(row);
    PartsOfARow after = before.heard(result.part(), result.outcome(), result.parts());
    if (after == before) {
      return false;
    }
    planes.put(row, after);
    if (after.of(result.part()) == PartOutcome.REJECTED
        && before.of(result.part()) != PartOutcome.REJECTED) {
      tally.refused(result);
    }
    if (result.detail() != null
        && after.of(result.part()) == PartOutcome.APPLIED
        && before.of(result.part()) != PartOutcome.APPLIED) {
      tally.noted(result);
    }
    if (after.outcome() != RowOutcome.IN_FLIGHT) {
      tally.ended(new JobKey(result.tenant(), result.jobId()), row, after);
    }
    return true;
  }

  private static ChunkKey chunkOf(RowResult result) {
    return new ChunkKey(
        new JobKey(result.tenant(), result.jobId()), ChunkPlanes.chunkOf(result.row()));
  }
}
