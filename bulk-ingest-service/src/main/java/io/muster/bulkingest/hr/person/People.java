package io.muster.bulkingest.hr.person;

import io.muster.bulkingest.hr.person.Person.Hire;
import io.muster.bulkingest.hr.person.Person.State;
import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.UserPrincipalName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The table {@code hr_person}. Each method needs a transaction that has entered the tenant and
 * holds its feed.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class People {
  private static final String COLUMNS =
      """
      SELECT p.employee_id, p.state, p.name, p.named, p.attempt, p.last_sequence, p.last_time, p.licenses,
        p.hire_job, p.hire_row, p.hire_event, p.hire_sealed, p.hire_from
      FROM hr_person p
      """;

  private static final String OF = COLUMNS + "WHERE p.tenant_id = ? AND p.employee_id = ANY (?)";

  private static final String HIRED_BY =
      COLUMNS
          + """
          JOIN unnest(?::uuid[], ?::bigint[]) AS ended (job_id, row_no)
            ON p.hire_job = ended.job_id AND p.hire_row = ended.row_no
          WHERE p.tenant_id = ? AND p.state = 'HIRING'
          """;

  private static final String TAKEN =
      "SELECT name_key FROM hr_person WHERE tenant_id = ? AND name_key = ANY (?)";

  private static final String STORE =
      """
      INSERT INTO hr_person (tenant_id, employee_id, state, name, name_key, named, attempt, last_sequence, last_time,
        licenses, hire_job, hire_row, hire_event, hire_sealed, hire_from)
      SELECT ?, p.*
      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::integer[], ?::bigint[],
        ?::timestamptz[], ?::text[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bytea[], ?::text[]) AS p
      ON CONFLICT (tenant_id, employee_id) DO UPDATE
      SET state = excluded.state, name = excluded.name, name_key = excluded.name_key, named = excluded.named,
        attempt = excluded.attempt, last_sequence = excluded.last_sequence, last_time = excluded.last_time,
        licenses = excluded.licenses, hire_job = excluded.hire_job, hire_row = excluded.hire_row,
        hire_event = excluded.hire_event, hire_sealed = excluded.hire_sealed, hire_from = excluded.hire_from
      """;

  private final DataSource dataSource;

  People(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * A job's row.
   *
   * @param row its number
   */
  public record HireRow(UUID jobId, long row) {}

  /** Those of these whom HR has told of; by employee id. */
  public Map<String, Person> of(String tenant, Collection<String> employees) throws SQLException {
    Map<String, Person> found = new HashMap<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(OF)) {
      statement.setString(1, tenant);
      statement.setArray(2, connection.createArrayOf("text", employees.toArray(String[]::new)));
      read(statement).forEach(person -> found.put(person.employeeId(), person));
    }
    return found;
  }

  /** Whom these rows are to hire, and are still under way. */
  public List<Person> hiredBy(String tenant, List<HireRow> rows) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(HIRED_BY)) {
      new ColumnArrays<>(statement, rows, 1)
          .add("uuid", HireRow::jobId)
          .add("bigint", HireRow::row);
      statement.setString(3, tenant);
      return read(statement);
    }
  }

  /** Which of these names somebody has, or is to have. */
  public Set<String> taken(String tenant, Collection<String> keys) throws SQLException {
    Set<String> taken = new HashSet<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(TAKEN)) {
      statement.setString(1, tenant);
      statement.setArray(2, connection.createArrayOf("text", keys.toArray(String[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taken.add(rows.getString(1));
        }
      }
    }
    return taken;
  }

  private static List<Person> read(PreparedStatement statement) throws SQLException {
    List<Person> people = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Person person = new Person(row.getString(1));
        person.state = State.valueOf(row.getString(2));
        person.name = row.getString(3);
        person.named = row.getBoolean(4);
        person.attempt = row.getInt(5);
        person.lastSequence = row.getObject(6, Long.class);
        person.lastTime = row.getObject(7, OffsetDateTime.class).toInstant();
        String licenses = row.getString(8);
        person.licenses = licenses.isEmpty() ? List.of() : List.of(licenses.split(","));
        UUID job = row.getObject(9, UUID.class);
        if (job != null) {
          person.hire =
              new Hire(
                  job,
                  row.getLong(10),
                  row.getLong(11),
                  row.getBytes(12),
                  State.valueOf(row.getString(13)));
        }
        people.add(person);
      }
    }
    return people;
  }

  /** The row that is to hire somebody; of one who is being hired only. */
  public static HireRow hireRow(Person person) {
    return new HireRow(person.hire.job(), person.hire.row());
  }

  /** Stores these as they are now. */
  public void store(String tenant, Collection<Person> people) throws SQLException {
    if (people.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(STORE)) {
      statement.setString(1, tenant);
      new ColumnArrays<>(statement, List.copyOf(people), 2)
          .add("text", Person::employeeId)
          .add("text", p -> p.state.name())
          .add("text", p -> p.name)
          .add("text", p -> p.name == null ? null : UserPrincipalName.keyOf(p.name))
          .add("boolean", p -> p.named)
          .add("integer", p -> p.attempt)
          .add("bigint", p -> p.lastSequence)
          .add("timestamptz", p -> p.lastTime)
          .add("text", p -> String.join(",", p.licenses))
          .add("uuid", ofHire(Hire::job))
          .add("bigint", ofHire(Hire::row))
          .add("bigint", ofHire(Hire::event))
          .add("bytea", ofHire(Hire::sealed))
          .add("text", ofHire(hire -> hire.from().name()));
      statement.executeUpdate();
    }
  }

  private static Function<Person, Object> ofHire(Function<Hire, Object> column) {
    return person -> person.hire == null ? null : column.apply(person.hire);
  }
}
