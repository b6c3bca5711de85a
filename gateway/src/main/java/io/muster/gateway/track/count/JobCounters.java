package io.muster.gateway.track.count;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.gateway.track.count.BatchTally.Delta;
import io.muster.gateway.track.job.JobKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The counters of {@code job_view}: moved once per batch and job. */
@ApplicationScoped
class JobCounters {
  /**
   * A result may be faster than its job's first snapshot: the row is made then, at version 0. HR's
   * jobs grow: they are through again and again, and never complete before their day is over.
   */
  private static final String ADD =
      """
      INSERT INTO job_view AS v (tenant_id, job_id, succeeded, failed, last_result_at, unreported)
      SELECT tenant_id, job_id, succeeded, failed, ?, true
        FROM unnest(?::text[], ?::uuid[], ?::bigint[], ?::bigint[]) AS d (tenant_id, job_id, succeeded, failed)
       ORDER BY tenant_id, job_id
          ON CONFLICT (tenant_id, job_id) DO UPDATE
             SET succeeded = v.succeeded + excluded.succeeded,
                 failed = v.failed + excluded.failed,
                 last_result_at = CASE WHEN excluded.succeeded + excluded.failed > 0
                                       THEN excluded.last_result_at ELSE v.last_result_at END,
                 unreported = true,
                 revision = v.revision + 1
      RETURNING tenant_id, job_id, version > 0 AND source <> 'HR' AND succeeded + failed >= rows_on_bus,
                source = 'SINGLE'
      """;

  /**
   * Jobs of which no row is left on the bus.
   *
   * @param jobs all but single calls
   */
  record Complete(Set<JobKey> jobs, Set<JobKey> singles) {}

  /**
   * Adds up and marks the jobs as unreported.
   *
   * @return the jobs of which no row is left on the bus
   */
  Complete add(Connection connection, Map<JobKey, Delta> deltas, Instant now) throws SQLException {
    List<Map.Entry<JobKey, Delta>> rows = List.copyOf(deltas.entrySet());
    Complete complete = new Complete(new HashSet<>(), new HashSet<>());
    try (PreparedStatement add = connection.prepareStatement(ADD)) {
      add.setObject(1, now.atOffset(ZoneOffset.UTC));
      new ColumnArrays<>(add, rows, 2)
          .add("text", row -> row.getKey().tenant())
          .add("uuid", row -> row.getKey().jobId())
          .add("bigint", row -> row.getValue().succeeded())
          .add("bigint", row -> row.getValue().failed());
      try (ResultSet found = add.executeQuery()) {
        while (found.next()) {
          if (found.getBoolean(3)) {
            JobKey job = new JobKey(found.getString(1), found.getObject(2, UUID.class));
            (found.getBoolean(4) ? complete.singles() : complete.jobs()).add(job);
          }
        }
      }
    }
    return complete;
  }
}
