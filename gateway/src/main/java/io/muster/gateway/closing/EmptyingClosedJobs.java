package io.muster.gateway.closing;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.topic.Topics;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Deletes what is kept of a closed job by its rows: which of them failed and why, notes, and the
 * bits that they were counted by. In portions of row numbers, so that no transaction is long and
 * none reads what an earlier one has deleted. The job's own numbers stay. Any number of instances
 * may do it at once. Why so: {@code docs/decisions/0022-what-goes-when-a-job-is-closed.md}.
 */
@ApplicationScoped
public class EmptyingClosedJobs {
  private static final Logger LOG = Logger.getLogger(EmptyingClosedJobs.class);

  private static final int JOBS_AT_ONCE = 200;

  /** A multiple of the rows of a chunk; some hundredths of a second when all have failed. */
  private static final int ROWS_AT_ONCE = 20 * 1024;

  /**
   * Counts that aren't complete wait for results that are read again, after the loss of a database
   * for example, until no topic can hold any.
   */
  private static final String FIND =
      """
      SELECT tenant_id, job_id FROM job_view
       WHERE closed_at IS NOT NULL AND emptied_at IS NULL
         AND (succeeded + failed >= rows_on_bus OR closed_at < ?)
       ORDER BY closed_at LIMIT ?
      """;

  /** No row when another instance has it. */
  private static final String LOCK =
      """
      SELECT FROM job_view
       WHERE tenant_id = ? AND job_id = ? AND emptied_at IS NULL
         FOR NO KEY UPDATE SKIP LOCKED
      """;

  private static final String LAST_ROW =
      """
      SELECT greatest(
        (SELECT max(row_no) FROM row_failure WHERE tenant_id = ? AND job_id = ?),
        (SELECT max(row_no) FROM row_note WHERE tenant_id = ? AND job_id = ?),
        (SELECT max(chunk) * 1024::bigint + 1023 FROM job_progress WHERE tenant_id = ? AND job_id = ?), 0)
      """;

  private static final List<String> DELETE =
      List.of(
          "DELETE FROM row_failure WHERE tenant_id = ? AND job_id = ? AND row_no >= ? AND row_no < ?",
          "DELETE FROM row_note WHERE tenant_id = ? AND job_id = ? AND row_no >= ? AND row_no < ?",
          """
          DELETE FROM job_progress
           WHERE tenant_id = ? AND job_id = ? AND chunk >= ? / 1024 AND chunk < ? / 1024
          """);

  private static final String EMPTIED =
      "UPDATE job_view SET emptied_at = ? WHERE tenant_id = ? AND job_id = ?";

  private final AgroalDataSource finder;
  private final AgroalDataSource dataSource;
  private final TenantScope tenants;
  private final Clock clock;

  EmptyingClosedJobs(
      @DataSource("finder") AgroalDataSource finder,
      AgroalDataSource dataSource,
      TenantScope tenants,
      Clock clock) {
    this.finder = finder;
    this.dataSource = dataSource;
    this.tenants = tenants;
    this.clock = clock;
  }

  private record Closed(String tenant, UUID job) {}

  @Scheduled(
      every = "${muster.closing.empty-every:10s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      List<Closed> found = find();
      for (Closed closed : found) {
        empty(closed);
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warnf("closed jobs are emptied at the next look: %s", e.getClass().getSimpleName());
    }
  }

  private List<Closed> find() throws SQLException {
    List<Closed> found = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      // A command's last repeat may be answered by a result as late as that.
      find.setObject(1, now().minus(Topics.longestLifeOfARecord().multipliedBy(2)));
      find.setInt(2, JOBS_AT_ONCE);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          found.add(new Closed(rows.getString(1), rows.getObject(2, UUID.class)));
        }
      }
    }
    return found;
  }

  private void empty(Closed closed) {
    long end = inTenant(closed, connection -> lastRow(connection, closed));
    for (long from = 0; from <= end; from += ROWS_AT_ONCE) {
      long first = from;
      boolean last = first + ROWS_AT_ONCE > end;
      boolean ours = inTenant(closed, connection -> emptyPart(connection, closed, first, last));
      if (!ours) {
        return;
      }
    }
    LOG.debugf("rows of a closed job deleted, jobId=%s", closed.job());
  }

  private boolean emptyPart(Connection connection, Closed closed, long from, boolean last)
      throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setString(1, closed.tenant());
      lock.setObject(2, closed.job());
      try (ResultSet locked = lock.executeQuery()) {
        if (!locked.next()) {
          return false;
        }
      }
    }
    for (String sql : DELETE) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, closed.tenant());
        delete.setObject(2, closed.job());
        delete.setLong(3, from);
        delete.setLong(4, from + ROWS_AT_ONCE);
        delete.executeUpdate();
      }
    }
    if (last) {
      try (PreparedStatement emptied = connection.prepareStatement(EMPTIED)) {
        emptied.setObject(1, now());
        emptied.setString(2, closed.tenant());
        emptied.setObject(3, closed.job());
        emptied.executeUpdate();
      }
    }
    return true;
  }

  private static long lastRow(Connection connection, Closed closed) throws SQLException {
    try (PreparedStatement last = connection.prepareStatement(LAST_ROW)) {
      for (int i = 0; i < 3; i++) {
        last.setString(2 * i + 1, closed.tenant());
        last.setObject(2 * i + 2, closed.job());
      }
      try (ResultSet row = last.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** What is done with an open connection. */
  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private <T> T inTenant(Closed closed, Work<T> work) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(closed.tenant());
              try (Connection connection = dataSource.getConnection()) {
                return work.with(connection);
              }
            });
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
