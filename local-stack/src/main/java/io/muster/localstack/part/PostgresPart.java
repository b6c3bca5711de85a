package io.muster.localstack.part;

import io.muster.localstack.postgresql.PostgresServer;
import io.muster.localstack.process.Part;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** PostgreSQL under supervision. */
public record PostgresPart(PostgresServer server) implements Part {
  public static final String NAME = "postgresql";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public Path log() {
    return server.log();
  }

  @Override
  public Process start() {
    return server.start();
  }

  @Override
  public boolean isReady(ProcessHandle process) {
    try (Connection connection = server.superuser("postgres")) {
      return process.isAlive() && connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  @Override
  public void askToStop(ProcessHandle process) {
    PostgresServer.stop(process);
  }

  @Override
  public Duration stopPatience() {
    return Duration.ofSeconds(6);
  }
}
