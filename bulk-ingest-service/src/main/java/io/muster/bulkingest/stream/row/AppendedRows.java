package io.muster.bulkingest.stream.row;

import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.Spools;
import io.muster.chassis.tenancy.TenantScope;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Rows of jobs that grow, read back a slice at a time; each reading is a transaction of its own.
 * Thread-safe.
 */
@ApplicationScoped
public class AppendedRows {
  private static final String BEHIND =
      """
      SELECT row_no, submission, sealed FROM job_row
      WHERE tenant_id = ? AND job_id = ? AND row_no > ? AND row_no <= ?
      ORDER BY row_no LIMIT ?
      """;

  private static final String THESE =
      """
      SELECT row_no, submission, sealed FROM job_row
      WHERE tenant_id = ? AND job_id = ? AND row_no = ANY (?)
      ORDER BY row_no
      """;

  private final TenantScope tenants;
  private final DataSource dataSource;
  private final Spools spools;

  AppendedRows(TenantScope tenants, DataSource dataSource, Spools spools) {
    this.tenants = tenants;
    this.dataSource = dataSource;
    this.spools = spools;
  }

  /**
   * A row and the batch that it came with.
   *
   * @param submission with the row's number the stamp of what it asks for
   */
  public record Appended(SpooledRow row, long submission) {}

  /**
   * Rows behind one, in order.
   *
   * @param last none beyond this one
   * @param limit at most
   * @throws IOException when a row was altered or isn't this job's
   */
  public List<Appended> behind(String tenant, UUID jobId, long after, long last, int limit)
      throws IOException {
    return opened(
        tenant,
        jobId,
        sealed(
            tenant,
            BEHIND,
            (connection, statement) -> {
              statement.setString(1, tenant);
              statement.setObject(2, jobId);
              statement.setLong(3, after);
              statement.setLong(4, last);
              statement.setInt(5, limit);
            }));
  }

  /**
   * Those of these rows that there are, in order.
   *
   * @throws IOException as {@link #behind}
   */
  public List<SpooledRow> these(String tenant, UUID jobId, Collection<Long> numbers)
      throws IOException {
    List<Sealed> found =
        sealed(
            tenant,
            THESE,
            (connection, statement) -> {
              statement.setString(1, tenant);
              statement.setObject(2, jobId);
              statement.setArray(3, connection.createArrayOf("bigint", numbers.toArray()));
            });
    return opened(tenant, jobId, found).stream().map(Appended::row).toList();
  }

  private record Sealed(long row, long submission, byte[] bytes) {}

  /** Sets a statement's parameters. */
  private interface Binding {
    void to(Connection connection, PreparedStatement statement) throws SQLException;
  }

  private List<Sealed> sealed(String tenant, String sql, Binding binding) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(tenant);
              try (Connection connection = dataSource.getConnection();
                  PreparedStatement statement = connection.prepareStatement(sql)) {
                binding.to(connection, statement);
                List<Sealed> found = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                  while (rows.next()) {
                    found.add(new Sealed(rows.getLong(1), rows.getLong(2), rows.getBytes(3)));
                  }
                }
                return found;
              }
            });
  }

  private List<Appended> opened(String tenant, UUID jobId, List<Sealed> found) throws IOException {
    List<Appended> opened = new ArrayList<>(found.size());
    for (Sealed each : found) {
      opened.add(
          new Appended(
              spools.openNumbered(tenant, jobId, each.row(), each.bytes()), each.submission()));
    }
    return opened;
  }
}
