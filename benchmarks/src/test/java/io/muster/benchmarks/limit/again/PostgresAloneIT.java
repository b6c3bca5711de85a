package io.muster.benchmarks.limit.again;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.benchmarks.limit.TableWork;
import io.muster.benchmarks.limit.postgresql.ServiceSchema;
import io.muster.benchmarks.limit.postgresql.StackServer;
import io.muster.localstack.service.StackService;
import io.muster.localstack.testing.TestPlatform;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresAloneIT {
  private static final String JOB = "0199a000-0000-7000-8000-000000000001";
  private static final int ADDED = 300;

  private static final TestPlatform PLATFORM = TestPlatform.shared();
  private static final StackServer SERVER = server();

  private ScenarioMark mark;

  private static StackServer server() {
    Path folder = PLATFORM.folder("limits").getParent().getParent();
    try (Connection connection = PLATFORM.superuser("postgres")) {
      String url = connection.getMetaData().getURL().substring("jdbc:".length());
      return StackServer.of(URI.create(url).getAuthority(), folder.resolve("secrets.properties"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void makeTables() throws Exception {
    for (StackService service : StackService.values()) {
      ServiceSchema.make(SERVER, service, service.database());
    }
    user("SELECT make_day_partitions(DATE '2025-10-01')");
  }

  @BeforeEach
  void peopleAndSeatsThatAreThereBefore() throws Exception {
    user("TRUNCATE account, command_inbox, change, consumer_position");
    license("TRUNCATE subscription, license_assignment CASCADE");
    user(insertAccounts(1, 50));
    user("INSERT INTO consumer_position VALUES ('muster.user-commands', 3, 'abc', 10)");
    license(
        """
        INSERT INTO subscription VALUES ('contoso', 'E3', 'Office', 1000, 20, now(), now());
        INSERT INTO license_assignment
            (tenant_id, upn_key, sku, user_principal_name, submission, stamp_row, assigned_at)
        SELECT 'contoso', 'p' || n || '@contoso.com', 'E3', 'P' || n, 1, n, now()
        FROM generate_series(1, 20) n
        """);
    mark = ScenarioMark.take(SERVER);
  }

  @AfterEach
  void forget() throws Exception {
    mark.close();
  }

  @Test
  void the_clone_holds_the_same_rows_in_the_same_tables() throws Exception {
    // Given a scenario that added, changed and removed
    user(insertAccounts(1_001, 1_000 + ADDED));
    user(
        """
        INSERT INTO command_inbox (tenant_id, job_id, row_no, kind, outcome)
        SELECT 'contoso', '%s', n, 'C', 'A' FROM generate_series(1, %d) n;
        INSERT INTO change (tenant_id, job_id, row_no, kind, submission, stamp_row, at, actor,
                            operation, upn_key, after)
        SELECT 'contoso', '%s', n, 'C', 7, n, now(), 'ada@contoso.com', 'ADD', 'q' || n,
               jsonb_build_object('displayName', 'Zoë ' || n)
        FROM generate_series(1, %d) n;
        UPDATE account SET state = 'ACTIVE', state_submission = 7 WHERE state_row <= 30;
        """
            .formatted(JOB, ADDED, JOB, ADDED));
    countUp("UPDATE consumer_position SET next_offset = next_offset + 30", 10);
    license("DELETE FROM license_assignment WHERE stamp_row <= 5");
    license(
        """
        INSERT INTO subscription VALUES ('contoso', 'E5', 'Office and more', 10, 1, now(), now());
        INSERT INTO license_assignment
            (tenant_id, upn_key, sku, user_principal_name, submission, stamp_row, assigned_at)
        VALUES ('contoso', 'p9@contoso.com', 'E5', 'P9', 7, 9, now())
        """);
    countUp("UPDATE subscription SET assigned_seats = assigned_seats - 1 WHERE sku = 'E3'", 5);

    // When they are written again, in batches of 50
    PostgresAlone.Settings settings = new PostgresAlone.Settings("contoso", ADDED, 1_000, 50, 2);
    try (PostgresAlone alone = PostgresAlone.prepare(SERVER, mark, settings, works())) {
      PostgresLimit limit = alone.measure();

      // Then
      assertThat(limit.leftOut()).isEmpty();
      assertThat(limit.rows()).isEqualTo(ADDED);
      assertThat(limit.rowsPerSecond()).isPositive();
      assertThat(limit.walBytes()).isPositive();
      for (String table : List.of("account", "command_inbox", "change", "consumer_position")) {
        assertSame(StackService.USER_SERVICE, table);
      }
      assertSame(StackService.LICENSE_SERVICE, "license_assignment");
      assertSame(StackService.LICENSE_SERVICE, "subscription");
      assertThat(limit.tables())
          .contains(
              new PostgresLimit.Table("user-service", "account", ADDED, 30, 0, false),
              new PostgresLimit.Table("user-service", "consumer_position", 0, 10, 0, false),
              new PostgresLimit.Table("license-service", "license_assignment", 1, 0, 5, false));
    }

    // and nothing of it is left
    assertThat(ask("postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE 'limit-%'"))
        .isEqualTo("0");
  }

  @Test
  void the_clone_has_the_services_own_indexes_and_row_level_security() throws Exception {
    // Given a scenario that only adds
    user(insertAccounts(1_001, 1_000 + ADDED));
    List<TableWork> works =
        List.of(new TableWork("user-service", "public", "account", ADDED, 0, 0, 0, 0));

    // When
    PostgresAlone.Settings settings = new PostgresAlone.Settings("contoso", ADDED, 1_000, 50, 2);
    try (PostgresAlone alone = PostgresAlone.prepare(SERVER, mark, settings, works)) {
      // Then
      String indexes =
          """
          SELECT string_agg(indexdef, ';' ORDER BY indexname) FROM pg_indexes
          WHERE tablename = 'account'
          """;
      String policies =
          """
          SELECT string_agg(policyname || qual || roles::text, ';' ORDER BY policyname)
          FROM pg_policies WHERE tablename = 'account'
          """;
      assertThat(ask("limit-again-user-service", indexes)).isEqualTo(ask("user-service", indexes));
      assertThat(ask("limit-again-user-service", policies))
          .isEqualTo(ask("user-service", policies));
      assertThat(alone.measure().tables()).hasSize(1);
    }
  }

  @Test
  void accounts_alone_are_written_four_ways() throws Exception {
    // When
    AccountAlone alone = AccountAlone.measure(SERVER, "contoso", 40, 20);

    // Then
    assertThat(alone.rows()).isEqualTo(40);
    assertThat(alone.copyBinary()).isPositive();
    assertThat(alone.copyText()).isPositive();
    assertThat(alone.oneConnection()).isPositive();
    assertThat(alone.twoConnections()).isPositive();
  }

  private static List<TableWork> works() {
    return List.of(
        work("user-service", "account", ADDED, 30, 0),
        work("user-service", "command_inbox", ADDED, 0, 0),
        work("user-service", "change", ADDED, 0, 0),
        work("user-service", "consumer_position", 0, 10, 0),
        work("license-service", "license_assignment", 1, 0, 5),
        work("license-service", "subscription", 1, 5, 0),
        // as little as that is not worth a database
        work("gateway", "job_view", 0, 2, 0));
  }

  private static TableWork work(
      String service, String table, long inserted, long updated, long deleted) {
    return new TableWork(service, "public", table, inserted, updated, 0, deleted, 0);
  }

  private static String insertAccounts(int first, int last) {
    return """
    INSERT INTO account (tenant_id, id, user_principal_name, upn_key, state, display_name,
        state_submission, state_row, credential_submission, credential_row,
        properties_submission, properties_row, created_at, updated_at)
    SELECT 'contoso', uuidv7(), 'P' || n || '@contoso.com', 'p' || n || '@contoso.com',
           'DISABLED', CASE WHEN n %% 3 > 0 THEN 'Ünal ' || n END, 1, n, 1, n, 1, n, now(), now()
    FROM generate_series(%d, %d) n
    """
        .formatted(first, last);
  }

  private static void assertSame(StackService service, String table) throws SQLException {
    String rows = "SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM " + table + " t";
    assertThat(ask("limit-again-" + service.database(), rows))
        .as(table)
        .isNotNull()
        .isEqualTo(ask(service.database(), rows));
  }

  private static void countUp(String sql, int times) throws SQLException {
    for (int i = 0; i < times; i++) {
      if (sql.contains("subscription")) {
        license(sql);
      } else {
        user(sql);
      }
    }
  }

  private static void user(String sql) throws SQLException {
    run("user-service", sql);
  }

  private static void license(String sql) throws SQLException {
    run("license-service", sql);
  }

  private static void run(String database, String sql) throws SQLException {
    try (Connection connection = PLATFORM.superuser(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(String database, String query) throws SQLException {
    try (Connection connection = PLATFORM.superuser(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
