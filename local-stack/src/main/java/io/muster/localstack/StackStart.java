package io.muster.localstack;

import io.muster.localstack.home.StackFailure;
import io.muster.localstack.kafka.BrokerFiles;
import io.muster.localstack.postgresql.PostgresServer;
import io.muster.localstack.process.Supervisor;
import io.muster.localstack.service.ServiceDatabases;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The order of a start: PostgreSQL and Kafka side by side, then all services side by side. */
final class StackStart {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final StackLayout layout;
  private final Supervisor supervisor;

  StackStart(StackLayout layout, Supervisor supervisor) {
    this.layout = layout;
    this.supervisor = supervisor;
  }

  /** Returns when the services have been started; they aren't ready yet. */
  void run() throws InterruptedException {
    // Topics and logins are there already: the services can load while Kafka does.
    boolean servicesNeedNotWait = layout.kafka().broker().wasReadyBefore();
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try {
      Future<?> kafka = beside.submit(this::kafka);
      postgresql();
      if (!servicesNeedNotWait) {
        waitFor(kafka);
      }
      layout.writeServiceSettings();
      layout.services().forEach(supervisor::start);
      waitFor(kafka);
    } catch (IOException | SQLException e) {
      throw new StackFailure(
          "PostgreSQL could not be set up: "
              + e.getMessage()
              + "; see "
              + layout.postgresql().log(),
          e);
    } finally {
      beside.shutdownNow();
    }
  }

  private void waitFor(Future<?> kafka) throws InterruptedException {
    try {
      kafka.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StackFailure failure) {
        throw failure;
      }
      throw new StackFailure("Kafka could not be set up; see " + layout.kafka().log(), e);
    }
  }

  private Void kafka() throws InterruptedException {
    BrokerFiles broker = layout.kafka().broker();
    broker.prepare(layout.secrets().of("kafka-cluster-id").substring(0, 22));
    supervisor.start(layout.kafka());
    supervisor.awaitPart(layout.kafka().name(), PATIENCE);
    return null;
  }

  private void postgresql() throws IOException, SQLException, InterruptedException {
    PostgresServer server = layout.postgresql().server();
    server.prepare(true);
    supervisor.start(layout.postgresql());
    supervisor.awaitPart(layout.postgresql().name(), PATIENCE);
    try (Connection connection = server.superuser("postgres")) {
      requireOn(connection, "fsync");
      requireOn(connection, "synchronous_commit");
      requireOn(connection, "full_page_writes");
    }
    new ServiceDatabases(server, layout.secrets()).make();
  }

  /** People keep data in it: a server that could lose what it acknowledged must not run. */
  private static void requireOn(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      if (!"on".equals(row.getString(1))) {
        throw new StackFailure("PostgreSQL runs with " + setting + " = " + row.getString(1) + ".");
      }
    }
  }
}
