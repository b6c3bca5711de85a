package io.muster.localstack.service;

import io.muster.localstack.identity.Secrets;
import io.muster.localstack.postgresql.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes each service's database and roles unless they are there. Roles of one service may not even
 * connect to the database of another.
 */
public final class ServiceDatabases {
  /** May read all tables of all tenants, and nothing else. */
  public static final String AUDITOR = "muster_auditor";

  private final PostgresServer server;
  private final Secrets secrets;

  public ServiceDatabases(PostgresServer server, Secrets secrets) {
    this.server = server;
    this.secrets = secrets;
  }

  /** Safe to repeat, and to go on with after an interruption. */
  public void make() throws SQLException {
    try (Connection connection = server.superuser("postgres")) {
      role(connection, AUDITOR);
      run(
          connection,
          """
          ALTER ROLE muster_auditor BYPASSRLS;
          GRANT pg_read_all_data TO muster_auditor;
          ALTER ROLE muster_auditor SET default_transaction_read_only = on;
          REVOKE ALL ON DATABASE postgres FROM PUBLIC;
          REVOKE ALL ON DATABASE template1 FROM PUBLIC;
          """);
      for (StackService service : StackService.values()) {
        for (String role : service.roles()) {
          role(connection, role);
        }
        database(connection, service);
      }
    }
  }

  private void role(Connection connection, String role) throws SQLException {
    if (!exists(connection, "SELECT FROM pg_roles WHERE rolname = ?", role)) {
      // PostgreSQL takes no parameters here; names are constants, the password is letters and
      // digits
      run(
          connection,
          """
          CREATE ROLE %s LOGIN PASSWORD '%s';
          """
              .formatted(role, secrets.of(role)));
    }
  }

  private void database(Connection connection, StackService service) throws SQLException {
    String name = service.database();
    if (!exists(connection, "SELECT FROM pg_database WHERE datname = ?", name)) {
      run(connection, "CREATE DATABASE \"%s\" OWNER %s".formatted(name, service.ownerRole()));
    }
    run(
        connection,
        """
        REVOKE ALL ON DATABASE "%s" FROM PUBLIC;
        GRANT CONNECT ON DATABASE "%s" TO %s, %s, muster_auditor;
        """
            .formatted(name, name, service.appRole(), service.finderRole()));
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet found = statement.executeQuery()) {
        return found.next();
      }
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
