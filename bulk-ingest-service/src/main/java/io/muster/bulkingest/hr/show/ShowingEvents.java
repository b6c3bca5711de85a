package io.muster.bulkingest.hr.show;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.hr.Disposition;
import io.muster.contracts.hr.HrEventType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** What became of a tenant's events, the newest receipt first. */
@ApplicationScoped
class ShowingEvents {
  private static final String LIST =
      """
      SELECT number, event_id, source, type, employee_id, happened_at, received_at, disposition, reason, decided_at,
        job_id, row_no
      FROM hr_event
      WHERE tenant_id = ? AND number < ? %s
      ORDER BY number DESC
      LIMIT ?
      """;

  private final DataSource dataSource;
  private final TenantScope tenants;

  ShowingEvents(DataSource dataSource, TenantScope tenants) {
    this.dataSource = dataSource;
    this.tenants = tenants;
  }

  /**
   * A page.
   *
   * @param next to be passed as {@code after}; null on the last page
   */
  record Page(List<ShownEvent> items, String next) {}

  /**
   * @param employee null for all
   * @param disposition null for all
   * @param below a receipt's number; those from it on have been shown
   */
  @Transactional
  Page list(String tenant, String employee, Disposition disposition, long below, int limit)
      throws SQLException {
    tenants.enter(tenant);
    // Told apart here, not in SQL: each has an index of its own.
    String sql =
        LIST.formatted(
            (employee == null ? "" : "AND employee_id = ? ")
                + (disposition == null ? "" : "AND disposition = ?"));
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = 1;
      statement.setString(next++, tenant);
      statement.setLong(next++, below);
      if (employee != null) {
        statement.setString(next++, employee);
      }
      if (disposition != null) {
        statement.setString(next++, disposition.name());
      }
      statement.setInt(next, limit + 1);
      return read(statement, limit);
    }
  }

  private static Page read(PreparedStatement statement, int limit) throws SQLException {
    List<ShownEvent> items = new ArrayList<>();
    long last = 0;
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        if (items.size() == limit) {
          return new Page(items, Long.toString(last));
        }
        last = row.getLong(1);
        String type = row.getString(4);
        items.add(
            new ShownEvent(
                row.getString(2),
                row.getString(3),
                type == null ? null : HrEventType.valueOf(type).word(),
                row.getString(5),
                instant(row, 6),
                instant(row, 7),
                Disposition.valueOf(row.getString(8)),
                row.getString(9),
                instant(row, 10),
                row.getObject(11, UUID.class),
                row.getObject(12, Long.class)));
      }
    }
    return new Page(items, null);
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
