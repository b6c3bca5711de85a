package io.muster.license;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.localstack.testing.TestPlatform;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * license-service's real database without a container around it: transactions as the application
 * role, one connection for each thread, which is what JTA does in the service.
 */
public final class SeatsDatabase {
  private static final String NAME = "license-service";
  private static SeatsDatabase shared;

  private final ThreadLocal<Connection> connections = ThreadLocal.withInitial(this::connect);

  private SeatsDatabase() {
    Map<String, String> config = TestPlatform.shared().configFor(NAME);
    Flyway.configure()
        .dataSource(
            config.get("quarkus.datasource.jdbc.url"),
            config.get("quarkus.flyway.username"),
            config.get("quarkus.flyway.password"))
        .locations("classpath:db/inbox", "classpath:db/migration")
        .placeholders(
            Map.of(
                "app", "license_service_app",
                "finder", "license_service_finder",
                "auditor", "muster_auditor"))
        .load()
        .migrate();
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    makeDayPartitions(today);
    makeDayPartitions(today.plusDays(1));
  }

  /** What the inbox does before a batch. */
  public void makeDayPartitions(LocalDate day) {
    inNew(
        List.of(),
        () -> {
          try (PreparedStatement statement =
              connections.get().prepareStatement("SELECT make_day_partitions(?)")) {
            statement.setObject(1, day);
            return statement.execute();
          }
        });
  }

  public static synchronized SeatsDatabase shared() {
    if (shared == null) {
      shared = new SeatsDatabase();
    }
    return shared;
  }

  /** A tenant of its own for each test. */
  public static String aTenant() {
    return "t" + UUID.randomUUID();
  }

  /** A tenant with so many seats in each of these subscriptions. */
  public String aTenantWithSeats(int seats, String... skus) {
    String tenant = aTenant();
    for (String sku : skus) {
      bought(tenant, sku, seats);
    }
    return tenant;
  }

  public void bought(String tenant, String sku, int seats) {
    inNew(
        List.of(tenant),
        () -> {
          try (PreparedStatement statement =
              connections
                  .get()
                  .prepareStatement(
                      "INSERT INTO subscription VALUES (?, ?, ?, ?, 0, now(), now())")) {
            statement.setString(1, tenant);
            statement.setString(2, sku);
            statement.setString(3, sku);
            statement.setInt(4, seats);
            return statement.executeUpdate();
          }
        });
  }

  /** A user that holds these seats, sums included. */
  public void holds(String tenant, String upn, String... skus) {
    inNew(
        List.of(tenant),
        () -> {
          try (PreparedStatement statement =
              connections
                  .get()
                  .prepareStatement(
                      """
                      WITH held AS (
                          INSERT INTO license_assignment (tenant_id, upn_key, sku,
                              user_principal_name, submission, stamp_row, assigned_at)
                          SELECT ?, lower(?), unnest(?::text[]), ?, 1, 1, now()
                          RETURNING tenant_id, sku)
                      UPDATE subscription s SET assigned_seats = assigned_seats + 1
                      FROM held WHERE s.tenant_id = held.tenant_id AND s.sku = held.sku
                      """)) {
            statement.setString(1, tenant);
            statement.setString(2, upn);
            statement.setArray(3, connections.get().createArrayOf("text", skus));
            statement.setString(4, upn);
            return statement.executeUpdate();
          }
        });
  }

  /** Runs the work in a transaction of these tenants. */
  public <T> T inNew(List<String> tenants, Callable<T> work) {
    Connection connection = connections.get();
    try {
      TenantScope.enter(connection, tenants);
      T result = work.call();
      connection.commit();
      return result;
    } catch (Exception e) {
      try {
        connection.rollback();
      } catch (SQLException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }
  }

  /** A session beside the thread's own, in a transaction of this tenant. */
  public Connection another(String tenant) throws SQLException {
    Connection connection = connect();
    TenantScope.enter(connection, List.of(tenant));
    return connection;
  }

  /** The role that sees all tenants, and nobody's name. */
  public Connection finder() throws SQLException {
    return TestPlatform.shared().as("license_service_finder", NAME);
  }

  /** Gives the thread's connection, which outlives being closed. */
  public DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> openFor(connections.get()));
  }

  /** Who holds what by which stamp: {@code ada@contoso.com E3 -> 7/1}. */
  public Map<String, String> assignments(String tenant) {
    return map(
        """
        SELECT upn_key || ' ' || sku, submission || '/' || stamp_row
        FROM license_assignment WHERE tenant_id = ?
        """,
        tenant);
  }

  /** The sum that each subscription of the tenant shows. */
  public Map<String, String> sums(String tenant) {
    return map("SELECT sku, assigned_seats FROM subscription WHERE tenant_id = ?", tenant);
  }

  /** What was given back and may come again: {@code ada@contoso.com E3 -> 7/1}. */
  public Map<String, String> givenBack(String tenant) {
    return map(
        """
        SELECT upn_key || ' ' || sku, submission || '/' || stamp_row
        FROM given_back WHERE tenant_id = ? AND NOT dry_run
        """,
        tenant);
  }

  /** Who was last told to hold these seats and no others: {@code ada@contoso.com -> 7/1}. */
  public Map<String, String> exactSets(String tenant) {
    return map(
        "SELECT upn_key, submission || '/' || stamp_row FROM exact_set WHERE tenant_id = ?",
        tenant);
  }

  /** Tables that hold this day's part of another one. */
  public Set<String> partitionsOf(LocalDate day) {
    return map(
            "SELECT relname, relkind FROM pg_class WHERE relkind = 'r' AND relname LIKE '%' || ?",
            day.toString().replace("-", ""))
        .keySet();
  }

  /** Jobs that the service knows to be closed. */
  public Set<UUID> closedJobs() {
    return map("SELECT job_id, closed_at FROM closed_job WHERE ? IS NOT NULL", "").keySet().stream()
        .map(UUID::fromString)
        .collect(Collectors.toSet());
  }

  /** Subscriptions of the tenant whose sum isn't what it should be. */
  public Set<String> broken(String tenant) {
    return map(
            """
            SELECT s.sku, s.assigned_seats FROM subscription s
            WHERE s.tenant_id = ? AND (s.assigned_seats > s.total_seats OR s.assigned_seats <>
              (SELECT count(*) FROM license_assignment a
               WHERE a.tenant_id = s.tenant_id AND a.sku = s.sku))
            """,
            tenant)
        .keySet();
  }

  /** How many of the service's sessions stand in front of another one's lock. */
  public int waitingForALock() throws SQLException {
    try (Connection superuser = TestPlatform.shared().superuser(NAME);
        Statement statement = superuser.createStatement();
        ResultSet waiting =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE usename = 'license_service_app' AND wait_event_type = 'Lock'")) {
      waiting.next();
      return waiting.getInt(1);
    }
  }

  private static Map<String, String> map(String query, String tenant) {
    try (Connection auditor = TestPlatform.shared().as("muster_auditor", NAME);
        PreparedStatement statement = auditor.prepareStatement(query)) {
      statement.setString(1, tenant);
      Map<String, String> found = new TreeMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getString(1), rows.getString(2));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() {
    try {
      Connection connection = TestPlatform.shared().as("license_service_app", NAME);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection openFor(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            SeatsDatabase.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
