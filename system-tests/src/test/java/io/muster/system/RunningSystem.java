package io.muster.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The whole system as {@code muster up} starts it, once for all tests of a run: in a data folder of
 * its own, on free ports, stopped and removed when the tests are over. With {@code
 * -Dmuster.instances=2} it has two processes of each service, and tests use their gateways by
 * turns.
 */
final class RunningSystem {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofSeconds(120);

  private static RunningSystem shared;

  private final Path data;
  private final Path log;
  private final Process up;
  private final AtomicInteger turn = new AtomicInteger();

  private RunningSystem(Path data, Path log, Process up) {
    this.data = data;
    this.log = log;
    this.up = up;
  }

  static synchronized RunningSystem shared() {
    if (shared == null) {
      shared = start(Integer.getInteger("muster.instances", 1));
      Runtime.getRuntime().addShutdownHook(new Thread(shared::stop));
    }
    return shared;
  }

  /** One of its own for a test class, which stops it; so many processes of each service. */
  static RunningSystem start(int instances) {
    try {
      Path data = Files.createTempDirectory("muster-st-");
      Path log = Path.of("target", "up-" + data.getFileName() + ".log");
      Process up =
          CommandLine.process(
                  "up",
                  "--data",
                  data.toString(),
                  "--port",
                  "0",
                  "--instances",
                  Integer.toString(instances))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      RunningSystem system = new RunningSystem(data, log, up);
      Awaitility.await("muster up is ready")
          .atMost(START)
          .until(
              () -> {
                if (!up.isAlive()) {
                  throw new IllegalStateException("muster up ended, see " + log);
                }
                return system.isReady();
              });
      return system;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stop() {
    up.destroy();
    try {
      if (!up.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)) {
        up.destroyForcibly();
      }
      CommandLine.run("down", "--data", data.toString());
      try (Stream<Path> files = Files.walk(data)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path data() {
    return data;
  }

  /** {@code local.json} as it is now. */
  JsonNode local() {
    try {
      return JSON.readTree(data.resolve("local.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isReady() {
    return Files.exists(data.resolve("local.json")) && local().path("ready").asBoolean();
  }

  String url() {
    return local().path("url").asText();
  }

  /** The addresses of all gateways, the first one's first. */
  List<String> gateways() {
    List<String> addresses = new ArrayList<>();
    for (JsonNode each : local().path("processes")) {
      if (each.path("name").asText().startsWith("gateway")) {
        addresses.add("http://127.0.0.1:" + each.path("port").asInt());
      }
    }
    return addresses;
  }

  /** By one gateway, the first being 0. */
  Gateway via(int gateway, String tenant, String role) {
    return new Gateway(gateways().get(gateway), token(tenant, role, role + "@" + tenant + ".com"));
  }

  private String gatewayInTurn() {
    List<String> gateways = gateways();
    return gateways.get(Math.floorMod(turn.getAndIncrement(), gateways.size()));
  }

  /** A token by the command line, as a user would get one. */
  String token(String tenant, String role, String subject) {
    return CommandLine.run(
            "token",
            "--data",
            data.toString(),
            "--tenant",
            tenant,
            "--role",
            role,
            "--subject",
            subject)
        .expectExit(0)
        .out()
        .strip();
  }

  Gateway as(String tenant, String role) {
    return new Gateway(gatewayInTurn(), token(tenant, role, role + "@" + tenant + ".com"));
  }

  /** A password administrator of that unit. */
  Gateway delegate(String tenant, String unit) {
    String token =
        CommandLine.run(
                "token",
                "--data",
                data.toString(),
                "--tenant",
                tenant,
                "--role",
                "password-admin",
                "--unit",
                unit,
                "--subject",
                "delegate@" + tenant + ".com")
            .expectExit(0)
            .out()
            .strip();
    return new Gateway(gatewayInTurn(), token);
  }

  long pid(String process) {
    for (JsonNode each : local().path("processes")) {
      if (each.path("name").asText().equals(process)) {
        return each.path("pid").asLong();
      }
    }
    throw new IllegalArgumentException("no process " + process + " in local.json");
  }

  /** Ends a process of the system as a crash would. */
  void kill(String process) {
    ProcessHandle.of(pid(process)).orElseThrow().destroyForcibly();
  }

  /** A service's database with the eyes of the auditor, who may read all and change nothing. */
  Connection auditor(String service) throws SQLException {
    JsonNode auditor = local().path("auditor");
    for (JsonNode database : local().path("databases")) {
      if (database.path("name").asText().equals(service)) {
        return DriverManager.getConnection(
            database.path("jdbcUrl").asText(),
            auditor.path("username").asText(),
            auditor.path("password").asText());
      }
    }
    throw new IllegalArgumentException("no database " + service + " in local.json");
  }

  /** The first column of what the auditor reads. */
  List<String> strings(String service, String query) throws SQLException {
    try (Connection auditor = auditor(service);
        Statement statement = auditor.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  /** What {@code up} has said so far. */
  String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
