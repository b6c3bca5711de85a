package io.muster.gateway.status.rows;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.Part;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.status.JobView;
import io.muster.gateway.track.ChunkPlanes;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was counted of a job's rows: planes and failures, read by row numbers. */
@ApplicationScoped
public class CountedRows {
  /** Why a service refused its part of a row. {@code detail} is null where people aren't seen. */
  record Failure(Part part, RowCode code, String detail) {}

  /**
   * Rows of which a service refused a part, in row order.
   *
   * @param scannedTo all up to this row are in here; Long.MAX_VALUE when there are no more
   */
  record Refused(Set<Long> rows, long scannedTo) {}

  private interface Reading<T> {
    T from(Connection connection) throws SQLException;
  }

  private static final String PLANES =
      """
      SELECT chunk, %s
        FROM job_progress
       WHERE tenant_id = ? AND job_id = ? AND chunk = ANY (?)
      """
          .formatted(ChunkPlanes.COLUMNS);

  private static final String FAILURES =
      """
      SELECT row_no, part, code, %s
        FROM row_failure
       WHERE tenant_id = ? AND job_id = ? AND row_no = ANY (?)
       ORDER BY row_no
      """;

  private static final String NOTES =
      """
      SELECT row_no, detail
        FROM row_note
       WHERE tenant_id = ? AND job_id = ? AND row_no = ANY (?)
       ORDER BY row_no, part DESC  -- what happened to the user before what happened to seats
      """;

  private static final String REFUSED =
      """
      SELECT row_no, code
        FROM row_failure
       WHERE tenant_id = ? AND job_id = ? AND row_no > ?
       ORDER BY row_no
       LIMIT ?
      """;

  private final AgroalDataSource dataSource;
  private final AgroalDataSource finder;
  private final TenantScope tenants;

  CountedRows(
      AgroalDataSource dataSource,
      @DataSource("finder") AgroalDataSource finder,
      TenantScope tenants) {
    this.dataSource = dataSource;
    this.finder = finder;
    this.tenants = tenants;
  }

  /** Those of the chunks of which anything was heard. */
  public Map<Integer, ChunkPlanes> planes(JobView view, Collection<Integer> chunks) {
    return read(
        view,
        connection -> {
          Map<Integer, ChunkPlanes> found = new HashMap<>();
          try (PreparedStatement select = connection.prepareStatement(PLANES)) {
            select.setString(1, view.job().tenant());
            select.setObject(2, view.job().id());
            select.setArray(3, connection.createArrayOf("int4", chunks.toArray()));
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                byte[][] stored = new byte[ChunkPlanes.PLANES][];
                for (int plane = 0; plane < ChunkPlanes.PLANES; plane++) {
                  stored[plane] = rows.getBytes(2 + plane);
                }
                found.put(rows.getInt(1), new ChunkPlanes(stored));
              }
            }
          }
          return found;
        });
  }

  /** The refusals of these rows' parts. */
  public Map<Long, List<Failure>> failures(JobView view, Collection<Long> numbers) {
    if (numbers.isEmpty()) {
      return Map.of();
    }
    return read(
        view,
        connection -> {
          Map<Long, List<Failure>> found = new HashMap<>();
          String sql = FAILURES.formatted(view.people() ? "detail" : "NULL");
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, view.job().tenant());
            select.setObject(2, view.job().id());
            select.setArray(3, connection.createArrayOf("int8", numbers.toArray()));
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found
                    .computeIfAbsent(rows.getLong(1), row -> new ArrayList<>())
                    .add(
                        new Failure(
                            Part.valueOf(rows.getString(2)),
                            RowCode.valueOf(rows.getString(3)),
                            rows.getString(4)));
              }
            }
          }
          return found;
        });
  }

  /**
   * What services had to add about parts of these rows that they applied, in one text per row.
   * Nothing for whoever may not see people.
   */
  public Map<Long, String> notes(JobView view, Collection<Long> numbers) {
    if (numbers.isEmpty() || !view.people()) {
      return Map.of();
    }
    return read(
        view,
        connection -> {
          Map<Long, String> found = new HashMap<>();
          try (PreparedStatement select = connection.prepareStatement(NOTES)) {
            select.setString(1, view.job().tenant());
            select.setObject(2, view.job().id());
            select.setArray(3, connection.createArrayOf("int8", numbers.toArray()));
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.merge(rows.getLong(1), rows.getString(2), (a, b) -> a + ' ' + b);
              }
            }
          }
          return found;
        });
  }

  /**
   * Looks at some refusals behind a row.
   *
   * @param code only rows of which a part has this code; null for all
   * @param scan how many refusals to look at
   */
  Refused refused(JobView view, long after, RowCode code, int scan) {
    return read(
        view,
        connection -> {
          Set<Long> found = new LinkedHashSet<>();
          int looked = 0;
          long last = after;
          try (PreparedStatement select = connection.prepareStatement(REFUSED)) {
            select.setString(1, view.job().tenant());
            select.setObject(2, view.job().id());
            select.setLong(3, after);
            select.setInt(4, scan);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                looked++;
                last = rows.getLong(1);
                if (code == null || code.name().equals(rows.getString(2))) {
                  found.add(last);
                }
              }
            }
          }
          return new Refused(found, looked < scan ? Long.MAX_VALUE : last);
        });
  }

  private <T> T read(JobView view, Reading<T> reading) {
    if (!view.people()) {
      try (Connection connection = finder.getConnection()) {
        return reading.from(connection);
      } catch (SQLException e) {
        throw new IllegalStateException("can't read rows", e);
      }
    }
    return QuarkusTransaction.joiningExisting()
        .call(
            () -> {
              tenants.enter(view.job().tenant());
              try (Connection connection = dataSource.getConnection()) {
                return reading.from(connection);
              }
            });
  }
}
