package io.muster.bulkingest.hr.show;

import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.sql.DataSource;

/** What is to be done about a tenant's people on later days, the next first. */
@ApplicationScoped
class ShowingTheSchedule {
  private static final String LIST =
      """
      SELECT s.due, s.employee_id, s.what, e.event_id, e.source, p.name
      FROM hr_scheduled s
      LEFT JOIN hr_event e ON e.tenant_id = s.tenant_id AND e.number = s.event
      LEFT JOIN hr_person p ON p.tenant_id = s.tenant_id AND p.employee_id = s.employee_id
      WHERE s.tenant_id = ? AND (s.due, s.employee_id, s.what) > (?::timestamptz, ?, ?)
      ORDER BY s.due, s.employee_id, s.what
      LIMIT ?
      """;

  private static final Place FIRST = new Place("-infinity", "", "");

  private final DataSource dataSource;
  private final TenantScope tenants;

  ShowingTheSchedule(DataSource dataSource, TenantScope tenants) {
    this.dataSource = dataSource;
    this.tenants = tenants;
  }

  /**
   * What is to be done.
   *
   * @param what HIRE, LEAVE or REMOVE
   * @param due not before
   * @param event id of the event that it follows from
   * @param source of that event
   * @param userPrincipalName null where there is none yet
   */
  record Shown(
      String employee,
      String what,
      Instant due,
      String event,
      String source,
      String userPrincipalName) {}

  /**
   * A page.
   *
   * @param next to be passed as {@code after}; null on the last page
   */
  record Page(List<Shown> items, String next) {}

  private record Place(String due, String employee, String what) {
    String encoded() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((due + '\n' + what + '\n' + employee).getBytes(StandardCharsets.UTF_8));
    }

    static Place decoded(String after) {
      try {
        String text = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
        String[] parts = text.split("\n", 3);
        if (parts.length == 3 && text.indexOf('\0') < 0) {
          return new Place(Instant.parse(parts[0]).toString(), parts[2], parts[1]);
        }
      } catch (IllegalArgumentException | DateTimeException e) {
        // Refused below, like any other text.
      }
      throw RequestRefused.invalid("after", "after is the next of an earlier page.");
    }
  }

  /**
   * @param after null for the first page
   */
  @Transactional
  Page list(String tenant, String after, int limit) throws SQLException {
    Place place = after == null ? FIRST : Place.decoded(after);
    tenants.enter(tenant);
    List<Shown> items = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(LIST)) {
      statement.setString(1, tenant);
      statement.setString(2, place.due());
      statement.setString(3, place.employee());
      statement.setString(4, place.what());
      statement.setInt(5, limit + 1);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (items.size() == limit) {
            Shown last = items.get(limit - 1);
            return new Page(
                items, new Place(last.due().toString(), last.employee(), last.what()).encoded());
          }
          items.add(
              new Shown(
                  row.getString(2),
                  row.getString(3),
                  row.getObject(1, OffsetDateTime.class).toInstant(),
                  row.getString(4),
                  row.getString(5),
                  row.getString(6)));
        }
      }
    }
    return new Page(items, null);
  }
}
