package io.muster.bulkingest.hr.event;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.hr.Disposition;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The table {@code hr_event}: every receipt of an event. Each method needs a transaction that has
 * entered the tenant and holds its feed.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class EventLog {
  private static final String NUMBERS =
      "SELECT nextval('hr_event_number') FROM generate_series(1, ?)";

  private static final String RECEIVED_BEFORE =
      """
      SELECT e.topic_partition, e.topic_offset, e.source, e.event_id
      FROM hr_event e
      JOIN unnest(?::integer[], ?::bigint[], ?::text[], ?::text[]) AS come (partition, place, source, id)
        ON e.topic_partition = come.partition AND e.topic_offset = come.place
          AND e.source = come.source AND e.event_id = come.id
      WHERE e.tenant_id = ?
      """;

  private static final String COUNTED =
      """
      SELECT e.source, e.event_id
      FROM hr_event e
      JOIN unnest(?::text[], ?::text[]) AS come (source, id)
        ON e.source = come.source AND e.event_id = come.id
      WHERE e.tenant_id = ? AND e.disposition NOT IN ('DUPLICATE', 'DEAD')
      """;

  private static final String HELD =
      """
      SELECT DISTINCT employee_id FROM hr_event
      WHERE tenant_id = ? AND employee_id = ANY (?) AND disposition = 'WAITING' AND reason <> 'DATE'
      """;

  private static final String TO_DO =
      """
      SELECT e.number, e.happened_at, e.reason, e.sealed
      FROM hr_event e
      WHERE e.tenant_id = ? AND e.disposition = 'WAITING' AND e.reason <> 'DATE'
        AND NOT EXISTS (
          SELECT FROM hr_person p
          WHERE p.tenant_id = e.tenant_id AND p.employee_id = e.employee_id AND p.state = 'HIRING')
      ORDER BY e.number
      LIMIT ?
      """;

  private static final String INSERT =
      """
      INSERT INTO hr_event (tenant_id, number, source, event_id, type, employee_id, happened_at, received_at,
        topic_partition, topic_offset, disposition, reason, decided_at, job_id, row_no, sealed)
      SELECT ?, e.*
      FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
        ?::integer[], ?::bigint[], ?::text[], ?::text[], ?::timestamptz[], ?::uuid[], ?::bigint[], ?::bytea[]) AS e
      """;

  private static final String UPDATE =
      """
      UPDATE hr_event e
      SET disposition = now.disposition, reason = now.reason, decided_at = ?::timestamptz,
        job_id = coalesce(e.job_id, now.job_id), row_no = coalesce(e.row_no, now.row_no),
        sealed = CASE WHEN now.to_do THEN e.sealed END
      FROM unnest(?::bigint[], ?::text[], ?::text[], ?::uuid[], ?::bigint[], ?::boolean[])
        AS now (number, disposition, reason, job_id, row_no, to_do)
      WHERE e.tenant_id = ? AND e.number = now.number
      """;

  private static final String OVERTAKEN =
      """
      UPDATE hr_event SET disposition = 'STALE', reason = 'OVERTAKEN', decided_at = ?::timestamptz
      WHERE tenant_id = ? AND number = ANY (?) AND disposition = 'WAITING'
      """;

  private static final String PLACES =
      """
      SELECT number, topic_partition, topic_offset FROM hr_event WHERE tenant_id = ? AND number = ANY (?)
      """;

  private final DataSource dataSource;
  private final SealedEvents seals;

  EventLog(DataSource dataSource, SealedEvents seals) {
    this.dataSource = dataSource;
    this.seals = seals;
  }

  /** So many numbers, in rising order, for receipts that have just come. */
  public List<Long> numbers(int count) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(NUMBERS)) {
      statement.setInt(1, count);
      List<Long> numbers = new ArrayList<>(count);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          numbers.add(rows.getLong(1));
        }
      }
      numbers.sort(null);
      return numbers;
    }
  }

  /** Which of these receipts were stored before: Kafka tells its records again after a crash. */
  public Set<Receipt> storedBefore(String tenant, List<Receipt> receipts) throws SQLException {
    record Key(Receipt.Place place, String source, String id) {}
    Set<Key> found = new HashSet<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(RECEIVED_BEFORE)) {
      new ColumnArrays<>(statement, receipts, 1)
          .add("integer", r -> r.place().partition())
          .add("bigint", r -> r.place().offset())
          .add("text", r -> r.named().source())
          .add("text", r -> r.named().id());
      statement.setString(5, tenant);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Key(
                  new Receipt.Place(rows.getInt(1), rows.getLong(2)),
                  rows.getString(3),
                  rows.getString(4)));
        }
      }
    }
    Set<Receipt> before = new HashSet<>();
    for (Receipt r : receipts) {
      if (found.contains(new Key(r.place(), r.named().source(), r.named().id()))) {
        before.add(r);
      }
    }
    return before;
  }

  /**
   * The names among these that have counted already.
   *
   * @return source and id of each
   */
  public Set<List<String>> counted(String tenant, List<Receipt> receipts) throws SQLException {
    Set<List<String>> counted = new HashSet<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(COUNTED)) {
      new ColumnArrays<>(statement, receipts, 1)
          .add("text", r -> r.named().source())
          .add("text", r -> r.named().id());
      statement.setString(3, tenant);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          counted.add(List.of(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return counted;
  }

  /** Whose events wait for a name or the release: later ones queue up behind them. */
  public Set<String> held(String tenant, Collection<String> employees) throws SQLException {
    Set<String> held = new HashSet<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(HELD)) {
      statement.setString(1, tenant);
      statement.setArray(2, connection.createArrayOf("text", employees.toArray(String[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          held.add(rows.getString(1));
        }
      }
    }
    return held;
  }

  /** The oldest of those that wait and could be done now, in the order of their receipt. */
  public List<Receipt> toDo(String tenant, int most) throws SQLException {
    List<Receipt> waiting = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(TO_DO)) {
      statement.setString(1, tenant);
      statement.setInt(2, most);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long number = rows.getLong(1);
          waiting.add(
              Receipt.waiting(
                  number,
                  seals.open(tenant, number, rows.getBytes(4)),
                  rows.getObject(2, OffsetDateTime.class).toInstant(),
                  rows.getString(3)));
        }
      }
    }
    return waiting;
  }

  /** Stores what became of these; those that have just come are new rows. */
  public void store(String tenant, Collection<Receipt> receipts, Instant now) throws SQLException {
    List<Receipt> fresh = receipts.stream().filter(r -> !r.isKept()).toList();
    List<Receipt> changed = receipts.stream().filter(r -> r.isKept() && r.isChanged()).toList();
    try (Connection connection = dataSource.getConnection()) {
      if (!fresh.isEmpty()) {
        insert(connection, tenant, fresh, now);
      }
      if (!changed.isEmpty()) {
        update(connection, tenant, changed, now);
      }
    }
  }

  private void insert(Connection connection, String tenant, List<Receipt> fresh, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, tenant);
      new ColumnArrays<>(statement, fresh, 2)
          .add("bigint", Receipt::number)
          .add("text", r -> r.named().source())
          .add("text", r -> r.named().id())
          .add("text", r -> r.named().type() == null ? null : r.named().type().name())
          .add("text", r -> r.named().employeeId())
          .add("timestamptz", Receipt::time)
          .add("timestamptz", Receipt::receivedAt)
          .add("integer", r -> r.place().partition())
          .add("bigint", r -> r.place().offset())
          .add("text", r -> r.disposition().name())
          .add("text", Receipt::reason)
          .add("timestamptz", r -> r.disposition() == Disposition.WAITING ? null : now)
          .add("uuid", Receipt::jobId)
          .add("bigint", Receipt::row)
          .add("bytea", r -> r.isToDo() ? seals.seal(tenant, r.number(), r.event()) : null);
      statement.executeUpdate();
    }
  }

  private static void update(
      Connection connection, String tenant, List<Receipt> changed, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      statement.setString(1, now.toString());
      new ColumnArrays<>(statement, changed, 2)
          .add("bigint", Receipt::number)
          .add("text", r -> r.disposition().name())
          .add("text", Receipt::reason)
          .add("uuid", Receipt::jobId)
          .add("bigint", Receipt::row)
          .add("boolean", Receipt::isToDo);
      statement.setString(8, tenant);
      statement.executeUpdate();
    }
  }

  /** Something newer came before these took effect. */
  public void overtaken(String tenant, Collection<Long> numbers, Instant now) throws SQLException {
    if (numbers.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(OVERTAKEN)) {
      statement.setString(1, now.toString());
      statement.setString(2, tenant);
      statement.setArray(3, connection.createArrayOf("bigint", numbers.toArray(Long[]::new)));
      statement.executeUpdate();
    }
  }

  /** Where these lie on the topic. */
  public Map<Long, Receipt.Place> places(String tenant, Collection<Long> numbers)
      throws SQLException {
    Map<Long, Receipt.Place> places = new HashMap<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(PLACES)) {
      statement.setString(1, tenant);
      statement.setArray(2, connection.createArrayOf("bigint", numbers.toArray(Long[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          places.put(rows.getLong(1), new Receipt.Place(rows.getInt(2), rows.getLong(3)));
        }
      }
    }
    return places;
  }
}
