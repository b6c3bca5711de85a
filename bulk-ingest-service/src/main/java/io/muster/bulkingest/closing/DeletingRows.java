package io.muster.bulkingest.closing;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.tenancy.TenantScope;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Deletes the rows of closed jobs that grew while they ran, as a spool is removed of any other; a
 * portion in each transaction. Any number of instances may do it at once.
 */
@ApplicationScoped
public class DeletingRows {
  private static final Logger LOG = Logger.getLogger(DeletingRows.class);
  private static final int JOBS_AT_ONCE = 200;

  /** Some hundredths of a second. */
  private static final int PORTION = 10_000;

  private static final String FIND =
      """
      SELECT tenant_id, id FROM job WHERE keeps_rows AND closed_at IS NOT NULL
      ORDER BY closed_at LIMIT ?
      """;

  private static final String DELETE =
      """
      DELETE FROM job_row
      WHERE tenant_id = ? AND job_id = ? AND row_no IN (
          SELECT row_no FROM job_row WHERE tenant_id = ? AND job_id = ?
          LIMIT ? FOR UPDATE SKIP LOCKED)
      """;

  /** Unless another instance is still at it. */
  private static final String ALL_GONE =
      """
      UPDATE job j SET keeps_rows = false
      WHERE tenant_id = ? AND id = ?
        AND NOT EXISTS (SELECT FROM job_row r WHERE r.tenant_id = j.tenant_id AND r.job_id = j.id)
      """;

  private final AgroalDataSource finder;
  private final AgroalDataSource dataSource;
  private final TenantScope tenants;

  DeletingRows(
      @DataSource("finder") AgroalDataSource finder,
      AgroalDataSource dataSource,
      TenantScope tenants) {
    this.finder = finder;
    this.dataSource = dataSource;
    this.tenants = tenants;
  }

  private record Closed(String tenant, UUID job) {}

  @Scheduled(
      every = "${muster.closing.close-every:1m}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      for (Closed closed : find()) {
        boolean more = true;
        while (more) {
          more = QuarkusTransaction.requiringNew().call(() -> deletePortion(closed));
        }
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warnf(
          "rows of closed jobs are deleted at the next look: %s", e.getClass().getSimpleName());
    }
  }

  /** Returns whether there may be more. */
  private boolean deletePortion(Closed closed) throws SQLException {
    tenants.enter(closed.tenant());
    try (Connection connection = dataSource.getConnection()) {
      try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
        delete.setString(1, closed.tenant());
        delete.setObject(2, closed.job());
        delete.setString(3, closed.tenant());
        delete.setObject(4, closed.job());
        delete.setInt(5, PORTION);
        if (delete.executeUpdate() == PORTION) {
          return true;
        }
      }
      try (PreparedStatement gone = connection.prepareStatement(ALL_GONE)) {
        gone.setString(1, closed.tenant());
        gone.setObject(2, closed.job());
        gone.executeUpdate();
      }
      return false;
    }
  }

  private List<Closed> find() throws SQLException {
    List<Closed> found = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setInt(1, JOBS_AT_ONCE);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          found.add(new Closed(rows.getString(1), rows.getObject(2, UUID.class)));
        }
      }
    }
    return found;
  }
}
