package io.muster.gateway.track.report;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.JobProgress;
import io.muster.gateway.track.job.JobKey;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** The marks in {@code job_view} that say whose counts are still to be told. */
@ApplicationScoped
class UnreportedCounts {
  /** Enough for a second; what is left over comes with the next round. */
  private static final String SOME =
      """
      SELECT tenant_id, job_id, succeeded, failed
        FROM job_view
       WHERE unreported
       LIMIT 2000
      """;

  private static final String OF_JOBS =
      """
      SELECT tenant_id, job_id, succeeded, failed
        FROM job_view
        JOIN unnest(?::text[], ?::uuid[]) AS k (tenant_id, job_id) USING (tenant_id, job_id)
       WHERE unreported
      """;

  /** Counts that moved on meanwhile stay marked. */
  private static final String TOLD =
      """
      UPDATE job_view v
         SET unreported = false
        FROM (SELECT v.tenant_id, v.job_id
                FROM job_view v
                JOIN unnest(?::text[], ?::uuid[], ?::bigint[], ?::bigint[])
                       AS k (tenant_id, job_id, succeeded, failed)
                     USING (tenant_id, job_id, succeeded, failed)
               ORDER BY v.tenant_id, v.job_id
                 FOR UPDATE OF v) t
       WHERE v.tenant_id = t.tenant_id AND v.job_id = t.job_id
      """;

  private final AgroalDataSource dataSource;
  private final AgroalDataSource finder;
  private final TenantScope tenants;

  UnreportedCounts(
      AgroalDataSource dataSource,
      @DataSource("finder") AgroalDataSource finder,
      TenantScope tenants) {
    this.dataSource = dataSource;
    this.finder = finder;
    this.tenants = tenants;
  }

  /** Some jobs whose counts are to be told, of whatever tenant. */
  List<JobProgress> some() throws SQLException {
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(SOME)) {
      return read(find);
    }
  }

  /** Those of these jobs whose counts are to be told. */
  List<JobProgress> of(Collection<JobKey> jobs) throws SQLException {
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(OF_JOBS)) {
      new ColumnArrays<>(find, List.copyOf(jobs), 1)
          .add("text", JobKey::tenant)
          .add("uuid", JobKey::jobId);
      return read(find);
    }
  }

  /** Takes the marks away, after the broker has the reports. */
  @Transactional(rollbackOn = Exception.class)
  void told(List<JobProgress> counts) throws SQLException {
    tenants.enter(counts.stream().map(JobProgress::tenant).collect(Collectors.toSet()));
    try (Connection connection = dataSource.getConnection();
        PreparedStatement told = connection.prepareStatement(TOLD)) {
      new ColumnArrays<>(told, counts, 1)
          .add("text", JobProgress::tenant)
          .add("uuid", JobProgress::jobId)
          .add("bigint", JobProgress::succeeded)
          .add("bigint", JobProgress::failed);
      told.executeUpdate();
    }
  }

  private static List<JobProgress> read(PreparedStatement find) throws SQLException {
    List<JobProgress> counts = new ArrayList<>();
    try (ResultSet rows = find.executeQuery()) {
      while (rows.next()) {
        counts.add(
            new JobProgress(
                rows.getString(1),
                rows.getObject(2, UUID.class),
                rows.getLong(3),
                rows.getLong(4)));
      }
    }
    return counts;
  }
}
