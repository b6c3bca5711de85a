package io.muster.gateway.track.job;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSnapshot.UploadedFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Keeps the newest snapshot of each job, whether it came as an event or as an answer. An older one
 * than what is there changes nothing.
 */
@ApplicationScoped
public class RememberingJobs {
  private static final Wire<JobSnapshot> WIRE = Wire.of(JobSnapshot.class);

  /**
   * A job whose rows have all ended but which its owner doesn't know as final may have missed the
   * report: it is told again. Who submitted what never changes, and an answer to an operator may
   * leave it out.
   */
  private static final String REMEMBER =
      """
      INSERT INTO job_view AS v (tenant_id, job_id, version, operation, state, source, submitted_by,
                                 file_name, rows_on_bus, snapshot, closed_at)
      SELECT tenant_id, job_id, version, operation, state, source, submitted_by, file_name,
             rows_on_bus, snapshot::json, closed_at::timestamptz
        FROM unnest(?::text[], ?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::text[], ?::bigint[], ?::text[], ?::text[])
             AS n (tenant_id, job_id, version, operation, state, source, submitted_by, file_name,
                   rows_on_bus, snapshot, closed_at)
       ORDER BY tenant_id, job_id
          ON CONFLICT (tenant_id, job_id) DO UPDATE
             SET version = excluded.version, operation = excluded.operation, state = excluded.state,
                 source = excluded.source,
                 submitted_by = COALESCE(excluded.submitted_by, v.submitted_by),
                 file_name = COALESCE(excluded.file_name, v.file_name), rows_on_bus = excluded.rows_on_bus,
                 snapshot = excluded.snapshot, closed_at = excluded.closed_at, revision = v.revision + 1,
                 unreported = v.unreported
                   OR (excluded.state IN ('QUEUED', 'RUNNING', 'PAUSED', 'CANCELLING')
                       AND v.succeeded + v.failed > 0
                       AND v.succeeded + v.failed >= excluded.rows_on_bus)
           WHERE v.version < excluded.version
      RETURNING tenant_id, job_id
      """;

  private final DataSource dataSource;
  private final TenantScope tenants;

  RememberingJobs(DataSource dataSource, TenantScope tenants) {
    this.dataSource = dataSource;
    this.tenants = tenants;
  }

  /**
   * In one transaction.
   *
   * @return the jobs that the gateway now knows better
   * @throws SQLException nothing was kept; try again
   */
  @Transactional(rollbackOn = Exception.class)
  public Set<JobKey> remember(Collection<JobSnapshot> snapshots) throws SQLException {
    List<JobSnapshot> jobs = newestOfEach(snapshots);
    tenants.enter(jobs.stream().map(JobSnapshot::tenant).collect(Collectors.toSet()));
    Set<JobKey> changed = new HashSet<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement remember = connection.prepareStatement(REMEMBER)) {
      new ColumnArrays<>(remember, jobs, 1)
          .add("text", JobSnapshot::tenant)
          .add("uuid", JobSnapshot::id)
          .add("bigint", JobSnapshot::version)
          .add("text", job -> job.operation() == null ? null : job.operation().name())
          .add("text", job -> job.state().name())
          .add("text", job -> job.source().name())
          .add("text", job -> storable(job.submittedBy()))
          .add("text", job -> job.file() == null ? null : storable(job.file().name()))
          .add("bigint", job -> job.total() - job.refusedRows() - job.cancelled())
          .add("text", job -> new String(WIRE.encode(withoutPeople(job)), StandardCharsets.UTF_8))
          .add("text", job -> job.closedAt() == null ? null : job.closedAt().toString());
      try (ResultSet rows = remember.executeQuery()) {
        while (rows.next()) {
          changed.add(new JobKey(rows.getString(1), rows.getObject(2, UUID.class)));
        }
      }
    }
    return changed;
  }

  private static List<JobSnapshot> newestOfEach(Collection<JobSnapshot> snapshots) {
    Map<JobKey, JobSnapshot> newest = new HashMap<>();
    for (JobSnapshot job : snapshots) {
      newest.merge(
          new JobKey(job.tenant(), job.id()), job, (a, b) -> a.version() >= b.version() ? a : b);
    }
    return List.copyOf(newest.values());
  }

  /** Submitter and file name stand in columns of their own, which operators' role can't read. */
  private static JobSnapshot withoutPeople(JobSnapshot job) {
    UploadedFile file = job.file();
    return Snapshots.with(
        job,
        null,
        file == null
            ? null
            : new UploadedFile(
                null,
                file.bytes(),
                file.sha256(),
                file.encoding(),
                file.delimiter(),
                file.columns(),
                file.unknownColumns()));
  }

  /** PostgreSQL's text takes every character but this one. */
  private static String storable(String text) {
    return text == null ? null : text.replace("\0", "");
  }
}
