package io.muster.gateway.closing;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.tenancy.TenantScope;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Forgets closed jobs as a whole, numbers and all, long after they were emptied: they are not found
 * any more. Any number of instances may do it at once.
 */
@ApplicationScoped
public class ForgettingJobs {
  private static final Logger LOG = Logger.getLogger(ForgettingJobs.class);
  private static final int PORTION = 2_000;

  private static final String FIND =
      """
      SELECT tenant_id, job_id FROM job_view
       WHERE emptied_at IS NOT NULL AND source NOT IN ('SINGLE', 'SCIM') AND closed_at < ?
       ORDER BY closed_at LIMIT ?
      """;

  private static final String FIND_SINGLE_CALLS =
      """
      SELECT tenant_id, job_id FROM job_view
       WHERE emptied_at IS NOT NULL AND source IN ('SINGLE', 'SCIM') AND closed_at < ?
       ORDER BY closed_at LIMIT ?
      """;

  private static final List<String> FORGET =
      List.of(
          """
          DELETE FROM failure_count f USING unnest(?::text[], ?::uuid[]) AS k (tenant_id, job_id)
           WHERE f.tenant_id = k.tenant_id AND f.job_id = k.job_id
          """,
          """
          DELETE FROM job_view v USING unnest(?::text[], ?::uuid[]) AS k (tenant_id, job_id)
           WHERE v.tenant_id = k.tenant_id AND v.job_id = k.job_id
          """);

  private final AgroalDataSource finder;
  private final AgroalDataSource dataSource;
  private final TenantScope tenants;
  private final ClosingConfig config;
  private final Clock clock;

  ForgettingJobs(
      @DataSource("finder") AgroalDataSource finder,
      AgroalDataSource dataSource,
      TenantScope tenants,
      ClosingConfig config,
      Clock clock) {
    this.finder = finder;
    this.dataSource = dataSource;
    this.tenants = tenants;
    this.config = config;
    this.clock = clock;
  }

  private record Old(String tenant, UUID job) {}

  @Scheduled(
      every = "${muster.closing.forget-every:1h}",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      long forgotten = forget(FIND, config.keepJobs());
      long singleCalls = forget(FIND_SINGLE_CALLS, config.keepSingleCalls());
      if (forgotten + singleCalls > 0) {
        LOG.infof("jobs forgotten: %d, and %d of single calls", forgotten, singleCalls);
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warnf("old jobs are forgotten at the next look: %s", e.getClass().getSimpleName());
    }
  }

  private long forget(String find, Duration keep) throws SQLException {
    OffsetDateTime before = OffsetDateTime.ofInstant(clock.instant().minus(keep), ZoneOffset.UTC);
    long forgotten = 0;
    List<Old> portion;
    do {
      portion = find(find, before);
      delete(portion);
      forgotten += portion.size();
    } while (portion.size() == PORTION);
    return forgotten;
  }

  private List<Old> find(String sql, OffsetDateTime before) throws SQLException {
    List<Old> found = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(sql)) {
      find.setObject(1, before);
      find.setInt(2, PORTION);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          found.add(new Old(rows.getString(1), rows.getObject(2, UUID.class)));
        }
      }
    }
    return found;
  }

  private void delete(List<Old> jobs) {
    if (jobs.isEmpty()) {
      return;
    }
    QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(jobs.stream().map(Old::tenant).collect(Collectors.toSet()));
              try (Connection connection = dataSource.getConnection()) {
                for (String sql : FORGET) {
                  try (PreparedStatement delete = connection.prepareStatement(sql)) {
                    new ColumnArrays<>(delete, jobs, 1)
                        .add("text", Old::tenant)
                        .add("uuid", Old::job);
                    delete.executeUpdate();
                  }
                }
                return null;
              }
            });
  }
}
