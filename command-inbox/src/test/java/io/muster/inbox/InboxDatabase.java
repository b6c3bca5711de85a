package io.muster.inbox;

import io.muster.inbox.database.Transactions;
import io.muster.localstack.testing.TestPlatform;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A real database with the inbox's tables, and transactions on it without a container: as the
 * application role, one connection for each thread, which is what JTA does in a service.
 */
public final class InboxDatabase implements Transactions {
  private static final String NAME = "user-service";
  private static InboxDatabase shared;

  private final ThreadLocal<Connection> connections = ThreadLocal.withInitial(this::connect);

  private InboxDatabase() {
    Map<String, String> config = TestPlatform.shared().configFor(NAME);
    Flyway.configure()
        .dataSource(
            config.get("quarkus.datasource.jdbc.url"),
            config.get("quarkus.flyway.username"),
            config.get("quarkus.flyway.password"))
        .locations("classpath:db/inbox")
        .placeholders(
            Map.of(
                "app",
                "user_service_app",
                "finder",
                "user_service_finder",
                "auditor",
                "muster_auditor"))
        .load()
        .migrate();
  }

  public static synchronized InboxDatabase shared() {
    if (shared == null) {
      shared = new InboxDatabase();
    }
    return shared;
  }

  @Override
  public <T> T inNew(Callable<T> work) {
    Connection connection = connections.get();
    try {
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

  /** Gives the thread's connection, which outlives being closed. */
  public DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> openFor(connections.get()));
  }

  /** The role that sees all tenants; a new connection each time. */
  public DataSource finder() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> TestPlatform.shared().as("user_service_finder", NAME));
  }

  /** Runs statements that the test needs, with all rights. */
  public void asSuperuser(String sql) {
    try (Connection superuser = TestPlatform.shared().superuser(NAME);
        Statement statement = superuser.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many of the service's sessions stand in front of another one's lock. */
  public int waitingForALock() throws SQLException {
    try (Connection superuser = TestPlatform.shared().superuser(NAME);
        Statement statement = superuser.createStatement();
        ResultSet waiting =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE usename = 'user_service_app' AND wait_event_type = 'Lock'")) {
      waiting.next();
      return waiting.getInt(1);
    }
  }

  private Connection connect() {
    try {
      Connection connection = TestPlatform.shared().as("user_service_app", NAME);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection openFor(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            InboxDatabase.class.getClassLoader(),
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
