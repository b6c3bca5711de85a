package io.muster.benchmarks.limit.postgresql;

import io.muster.localstack.identity.Secrets;
import io.muster.localstack.postgresql.PostgresServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.UnaryOperator;

/**
 * The PostgreSQL server that a local stack's services write to, and every role's way in: limits are
 * measured on the same server, under the same settings. Thread-safe.
 *
 * @param address {@code host:port}
 * @param passwordOf a role's
 */
public record StackServer(String address, UnaryOperator<String> passwordOf) {
  /**
   * @param secrets the stack's {@code secrets.properties}
   */
  public static StackServer of(String address, Path secrets) {
    Secrets known = new Secrets(secrets, new SecureRandom());
    return new StackServer(address, known::of);
  }

  /** May do everything, past row-level security: makes databases and reads rows. */
  public Connection superuser(String database) throws SQLException {
    return as(PostgresServer.SUPERUSER, database);
  }

  /** A connection with what matters of the services' own settings. */
  public Connection as(String role, String database) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", role);
    login.setProperty("password", passwordOf.apply(role));
    login.setProperty("connectTimeout", "5");
    // As the services have it: docs/decisions/0008-a-plan-for-each-batch.md.
    login.setProperty("options", "-c plan_cache_mode=force_custom_plan");
    return DriverManager.getConnection(url(database), login);
  }

  String url(String database) {
    return "jdbc:postgresql://" + address + "/" + database;
  }

  String password(String role) {
    return passwordOf.apply(role);
  }
}
