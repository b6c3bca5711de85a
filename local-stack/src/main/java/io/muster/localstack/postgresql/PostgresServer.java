package io.muster.localstack.postgresql;

import io.muster.localstack.home.PrivateFiles;
import io.muster.localstack.home.StackFailure;
import io.muster.localstack.process.ChildProcess;
import io.muster.localstack.process.ProcessMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * One PostgreSQL cluster: its files and how to run it. Holds no process.
 *
 * @param folder of its own, holding {@code data}
 * @param log of the server
 * @param port of 127.0.0.1
 * @param password of {@link #SUPERUSER}
 */
public record PostgresServer(
    PostgresBinaries binaries,
    Path folder,
    Path log,
    int port,
    String password,
    PostgresSettings settings,
    ProcessMark mark) {
  public static final String SUPERUSER = "muster_superuser";

  private static final String HOST_BASED_ACCESS =
      """
      # Nobody without a password, nobody from elsewhere.
      host all all 127.0.0.1/32 scram-sha-256
      """;

  Path data() {
    return folder.resolve("data");
  }

  /**
   * Makes the cluster unless it is there, and writes its settings. An interrupted attempt leaves
   * nothing that could be taken for a cluster.
   *
   * @param synced whether to wait until the new files are on disk
   */
  public void prepare(boolean synced) throws IOException, InterruptedException {
    PrivateFiles.folder(folder);
    if (!Files.isDirectory(data())) {
      initialise(synced);
    }
    PrivateFiles.replace(data().resolve("postgresql.conf"), settings.text());
    PrivateFiles.replace(data().resolve("pg_hba.conf"), HOST_BASED_ACCESS);
  }

  private void initialise(boolean synced) throws IOException, InterruptedException {
    Path part = folder.resolve("data.part");
    Path passwordFile = folder.resolve("superuser-password");
    PrivateFiles.remove(part);
    PrivateFiles.replace(passwordFile, password);
    List<String> command = new ArrayList<>();
    command.addAll(List.of(binaries.initdb().toString(), "--pgdata=" + part));
    command.addAll(List.of("--username=" + SUPERUSER, "--pwfile=" + passwordFile));
    command.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions"));
    // the same order and case rules on every platform
    command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"));
    if (!synced) {
      command.add("--no-sync");
    }
    command.addAll(List.of("--set", mark.setting()));
    int exit = new ChildProcess(Unprivileged.command(command), Map.of(), log).start().waitFor();
    Files.deleteIfExists(passwordFile);
    if (exit != 0) {
      throw new StackFailure("PostgreSQL's files could not be made; see " + log);
    }
    Files.move(part, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Starts the postmaster, after what a killed one left behind was cleared away. */
  public Process start() {
    try {
      new PostgresLeftovers(data(), mark).clear();
    } catch (IOException e) {
      throw new UncheckedIOException("can't clear up after the last PostgreSQL", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("interrupted", e);
    }
    List<String> command =
        List.of(
            binaries.postgres().toString(),
            "-D",
            data().toString(),
            "-p",
            Integer.toString(port),
            "-c",
            mark.setting());
    return new ChildProcess(Unprivileged.command(command), Map.of(), log).start();
  }

  /**
   * PostgreSQL's fast shutdown: open transactions are rolled back, then a checkpoint. Returns at
   * once, never throws.
   */
  public static void stop(ProcessHandle postmaster) {
    try {
      // Java can't send SIGINT, and not every machine has the program kill; every shell has its
      // own.
      new ProcessBuilder("/bin/sh", "-c", "kill -INT " + postmaster.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      postmaster.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      postmaster.destroy();
    }
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  public Connection superuser(String database) throws SQLException {
    return connect(SUPERUSER, password, database);
  }

  /** A connection of any role. */
  public Connection connect(String role, String rolesPassword, String database)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", role);
    properties.setProperty("password", rolesPassword);
    properties.setProperty("connectTimeout", "5");
    return DriverManager.getConnection(jdbcUrl(database), properties);
  }

  /**
   * The version of whatever PostgreSQL of ours listens on that port; empty when none answers.
   *
   * @param password of {@link #SUPERUSER}
   */
  public static Optional<String> versionAt(int port, String password) {
    Properties login = new Properties();
    login.setProperty("user", SUPERUSER);
    login.setProperty("password", password);
    login.setProperty("connectTimeout", "2");
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    try (Connection connection = DriverManager.getConnection(url, login)) {
      return Optional.of(connection.getMetaData().getDatabaseProductVersion());
    } catch (SQLException nobody) {
      return Optional.empty();
    }
  }

  /**
   * Waits until it takes connections.
   *
   * @throws StackFailure when the process ends first, or after {@code patience}
   */
  public void awaitReady(Process postmaster, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try (Connection connection = superuser("postgres")) {
        return;
      } catch (SQLException notYet) {
        if (!postmaster.isAlive() || System.nanoTime() > deadline) {
          throw new StackFailure("PostgreSQL did not start; see " + log, notYet);
        }
        Thread.sleep(20);
      }
    }
  }
}
