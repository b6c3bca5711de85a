package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.account.Questions;
import io.muster.bulkingest.hr.feed.Valve;
import io.muster.bulkingest.hr.person.Person;
import io.muster.bulkingest.hr.person.Person.Standing;
import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.hr.HrEventType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Finds out what will have to be asked of user-service before it can be decided: a statement or
 * two, however many tenants, and nobody's lock. What it says may be overtaken: whoever decides
 * looks again. Each method needs a transaction, and enters the tenants.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class ForeseeingQuestions {
  /** What counted before isn't decided again, and what comes to a paused feed isn't now. */
  private static final String OF_EVENTS =
      """
      WITH asked AS (
        SELECT come.tenant_id, come.employee_id, come.leaves
        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[])
          AS come (tenant_id, source, event_id, employee_id, leaves)
        WHERE NOT EXISTS (
            SELECT FROM hr_feed f WHERE f.tenant_id = come.tenant_id AND f.paused_at IS NOT NULL)
          AND NOT EXISTS (
            SELECT FROM hr_event e
            WHERE e.tenant_id = come.tenant_id AND e.source = come.source AND e.event_id = come.event_id
              AND e.disposition NOT IN ('DUPLICATE', 'DEAD')))
      """;

  /** What the release let pass isn't counted by the valve. */
  private static final String OF_WHAT_WAITS =
      """
      WITH asked AS (
        SELECT e.tenant_id, e.employee_id, e.type = 'LEFT' AND e.number > coalesce(f.released_up_to, 0) AS leaves
        FROM hr_event e LEFT JOIN hr_feed f ON f.tenant_id = e.tenant_id
        WHERE e.tenant_id = ? AND e.disposition = 'WAITING' AND e.reason <> 'DATE'
          AND NOT EXISTS (
            SELECT FROM hr_person p
            WHERE p.tenant_id = e.tenant_id AND p.employee_id = e.employee_id AND p.state = 'HIRING')
        ORDER BY e.number
        LIMIT ?)
      """;

  private static final String OF_WHAT_IS_DUE =
      """
      WITH asked AS (
        SELECT s.tenant_id, s.employee_id, s.what = 'LEAVE' AND s.event > coalesce(f.released_up_to, 0) AS leaves
        FROM hr_scheduled s LEFT JOIN hr_feed f ON f.tenant_id = s.tenant_id
        WHERE s.tenant_id = ? AND s.due <= ?::timestamptz
          AND NOT EXISTS (
            SELECT FROM hr_person p
            WHERE p.tenant_id = s.tenant_id AND p.employee_id = s.employee_id AND p.state = 'HIRING')
        ORDER BY s.due, s.employee_id, s.what
        LIMIT ?)
      """;

  private static final String HOW_THEY_STAND =
      """
      SELECT a.tenant_id, a.employee_id, bool_or(a.leaves), p.state, p.named, p.last_time
      FROM asked a LEFT JOIN hr_person p ON p.tenant_id = a.tenant_id AND p.employee_id = a.employee_id
      GROUP BY a.tenant_id, a.employee_id, p.state, p.named, p.last_time
      """;

  private final DataSource dataSource;
  private final TenantScope tenants;
  private final Valve valve;

  ForeseeingQuestions(DataSource dataSource, TenantScope tenants, Valve valve) {
    this.dataSource = dataSource;
    this.tenants = tenants;
    this.valve = valve;
  }

  /**
   * About events that have just come.
   *
   * @param events of any tenants
   */
  public Questions ofEvents(List<HrEvent> events, Instant now) throws SQLException {
    if (events.isEmpty()) {
      return new Questions();
    }
    tenants.enter(events.stream().map(e -> e.data().tenant()).collect(Collectors.toSet()));
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(OF_EVENTS + HOW_THEY_STAND)) {
      new ColumnArrays<>(statement, events, 1)
          .add("text", event -> event.data().tenant())
          .add("text", HrEvent::source)
          .add("text", HrEvent::id)
          .add("text", event -> event.data().employeeId())
          .add("boolean", event -> event.kind() == HrEventType.LEFT);
      return read(statement, now);
    }
  }

  /** About a tenant's events that waited and can be done now; that many at most. */
  Questions ofWhatWaits(String tenant, Instant now, int most) throws SQLException {
    tenants.enter(tenant);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(OF_WHAT_WAITS + HOW_THEY_STAND)) {
      statement.setString(1, tenant);
      statement.setInt(2, most);
      return read(statement, now);
    }
  }

  /** About what was scheduled and is due, likewise. */
  Questions ofWhatIsDue(String tenant, Instant now, int most) throws SQLException {
    tenants.enter(tenant);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(OF_WHAT_IS_DUE + HOW_THEY_STAND)) {
      statement.setString(1, tenant);
      statement.setString(2, now.toString());
      statement.setInt(3, most);
      return read(statement, now);
    }
  }

  private Questions read(PreparedStatement statement, Instant now) throws SQLException {
    Questions questions = new Questions();
    Set<String> mayDisable = new TreeSet<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        String tenant = row.getString(1);
        String state = row.getString(4);
        Person.State stands = state == null ? null : Person.State.valueOf(state);
        boolean named = row.getBoolean(5);
        if (stands == null) {
          questions.who(tenant, row.getString(2), null);
        } else if (!named && stands != Person.State.HIRING) {
          Instant lastTime = row.getObject(6, OffsetDateTime.class).toInstant();
          questions.who(tenant, row.getString(2), new Standing(stands, lastTime));
        }
        if (row.getBoolean(3) && (!named || stands == Person.State.EMPLOYED)) {
          mayDisable.add(tenant);
        }
      }
    }
    valve.foresee(questions, mayDisable, now);
    return questions;
  }
}
