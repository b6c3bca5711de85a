package io.muster.bulkingest.hr.schedule;

import io.muster.bulkingest.hr.schedule.Scheduled.What;
import io.muster.chassis.setwise.ColumnArrays;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The table {@code hr_scheduled}. Each method needs a transaction that has entered the tenant and
 * holds its feed.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Schedule {
  private static final String OF =
      """
      SELECT employee_id, what, due, event, sealed FROM hr_scheduled
      WHERE tenant_id = ? AND employee_id = ANY (?)
      """;

  private static final String DUE =
      """
      SELECT employee_id FROM hr_scheduled s
      WHERE tenant_id = ? AND due <= ?::timestamptz
        AND NOT EXISTS (
          SELECT FROM hr_person p
          WHERE p.tenant_id = s.tenant_id AND p.employee_id = s.employee_id AND p.state = 'HIRING')
      ORDER BY due, employee_id, what
      LIMIT ?
      """;

  private static final String CLEAR =
      "DELETE FROM hr_scheduled WHERE tenant_id = ? AND employee_id = ANY (?)";

  private static final String PUT =
      """
      INSERT INTO hr_scheduled (tenant_id, employee_id, what, due, event, sealed)
      SELECT ?, s.*
      FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::bigint[], ?::bytea[]) AS s
      """;

  private final DataSource dataSource;

  Schedule(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What is to be done about these; employees without anything are left out. */
  public Map<String, Map<What, Scheduled>> of(String tenant, Collection<String> employees)
      throws SQLException {
    Map<String, Map<What, Scheduled>> found = new HashMap<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(OF)) {
      statement.setString(1, tenant);
      statement.setArray(2, connection.createArrayOf("text", employees.toArray(String[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Scheduled one =
              new Scheduled(
                  rows.getString(1),
                  What.valueOf(rows.getString(2)),
                  rows.getObject(3, OffsetDateTime.class).toInstant(),
                  rows.getLong(4),
                  rows.getBytes(5));
          found
              .computeIfAbsent(one.employeeId(), employee -> new EnumMap<>(What.class))
              .put(one.what(), one);
        }
      }
    }
    return found;
  }

  /** About whom something is due that can be done, the longest overdue first. */
  public List<String> due(String tenant, Instant now, int most) throws SQLException {
    List<String> employees = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(DUE)) {
      statement.setString(1, tenant);
      statement.setString(2, now.toString());
      statement.setInt(3, most);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          employees.add(rows.getString(1));
        }
      }
    }
    return employees.stream().distinct().toList();
  }

  /** Replaces all that is to be done about these. */
  public void replace(String tenant, Map<String, Map<What, Scheduled>> byEmployee)
      throws SQLException {
    if (byEmployee.isEmpty()) {
      return;
    }
    List<Scheduled> all = byEmployee.values().stream().flatMap(m -> m.values().stream()).toList();
    try (Connection connection = dataSource.getConnection()) {
      try (PreparedStatement statement = connection.prepareStatement(CLEAR)) {
        statement.setString(1, tenant);
        statement.setArray(
            2, connection.createArrayOf("text", byEmployee.keySet().toArray(String[]::new)));
        statement.executeUpdate();
      }
      if (all.isEmpty()) {
        return;
      }
      try (PreparedStatement statement = connection.prepareStatement(PUT)) {
        statement.setString(1, tenant);
        new ColumnArrays<>(statement, all, 2)
            .add("text", Scheduled::employeeId)
            .add("text", s -> s.what().name())
            .add("timestamptz", Scheduled::due)
            .add("bigint", Scheduled::event)
            .add("bytea", Scheduled::sealed);
        statement.executeUpdate();
      }
    }
  }
}
