package io.muster.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.home.StackFailure;
import io.muster.localstack.identity.Secrets;
import io.muster.localstack.kafka.KafkaLogin;
import io.muster.localstack.service.StackService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStackIT {
  private static final List<String> TOLD = new CopyOnWriteArrayList<>();

  @TempDir private static Path folder;
  private static LocalStack stack;

  @BeforeAll
  static void start() throws Exception {
    stack = StackOfStandIns.in(folder, TOLD::add);
    long start = System.nanoTime();
    stack.start();
    System.out.println("local stack ready in ms: " + (System.nanoTime() - start) / 1_000_000);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void localJsonTellsAllThatApiPromises() throws Exception {
    JsonNode local = local();
    assertThat(local.path("ready").asBoolean()).isTrue();
    assertThat(local.path("url").asText()).isEqualTo(stack.url());
    assertThat(local.path("console").asText()).isEqualTo(stack.url() + "/console");
    assertThat(local.path("kafka").asText()).startsWith("127.0.0.1:");
    assertThat(local.path("processes"))
        .extracting(process -> process.path("name").asText())
        .containsExactlyInAnyOrder(
            "bulk-ingest-service",
            "user-service",
            "license-service",
            "gateway",
            "kafka",
            "postgresql");
    for (JsonNode process : local.path("processes")) {
      assertThat(ProcessHandle.of(process.path("pid").asLong())).isPresent();
      assertThat(process.path("port").asInt()).isPositive();
      assertThat(Path.of(process.path("log").asText())).exists();
    }
    for (JsonNode database : local.path("databases")) {
      try (Connection connection = connect(database)) {
        assertThat(connection.isValid(1)).isTrue();
      }
    }
    assertThat(local.path("auditor").path("username").asText()).isEqualTo("muster_auditor");
  }

  @Test
  void nobodyElseMayReadTheFolder() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.walk(folder, 2)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes", "data_checksums"})
  void postgresqlKeepsWhatItAcknowledged(String setting) throws Exception {
    try (Connection connection = connect(database("user-service"));
        ResultSet row = connection.createStatement().executeQuery("SHOW " + setting)) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("on");
    }
  }

  @Test
  void aSecondStackInTheSameFolderIsRefused() throws Exception {
    LocalStack second = StackOfStandIns.in(folder, TOLD::add);

    assertThatThrownBy(second::start)
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("already running");

    assertThat(LocalStack.status(folder).healthy()).isTrue();
  }

  @Test
  void aTakenPortIsRefusedByItsNumber(@TempDir Path other) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LocalStack second =
          StackOfStandIns.with(StackOptions.keeping(other, taken.getLocalPort()), TOLD::add);

      assertThatThrownBy(second::start)
          .isInstanceOf(StackFailure.class)
          .hasMessageContaining("Port " + taken.getLocalPort())
          .hasMessageContaining("--port");
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    JsonNode database = database("gateway");
    assertThatThrownBy(
            () ->
                DriverManager.getConnection(
                        database.path("jdbcUrl").asText(),
                        database.path("username").asText(),
                        "wrong")
                    .close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password");
  }

  @Test
  void everyServiceHasAnOwnerAnApplicationAndAFinderRole() throws Exception {
    try (Connection connection = connect(database("user-service"))) {
      for (StackService service : StackService.values()) {
        for (String role : service.roles()) {
          try (ResultSet found =
              connection
                  .createStatement()
                  .executeQuery(
                      "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM"
                          + " pg_roles WHERE rolname = '"
                          + role
                          + "'")) {
            assertThat(found.next()).as(role).isTrue();
            assertThat(found.getBoolean(1)).as(role + " may do too much").isFalse();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"user-service", "postgresql", "kafka"})
  void whatIsKilledComesBackOnItsPortAndItIsSaid(String part) throws Exception {
    JsonNode before = process(part);
    TOLD.clear();

    ProcessHandle.of(before.path("pid").asLong()).orElseThrow().destroyForcibly();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                process(part).path("pid").asLong() != before.path("pid").asLong()
                    && local().path("ready").asBoolean());
    assertThat(TOLD).contains(part + " died (signal 9), restarting");
    assertThat(process(part).path("port")).isEqualTo(before.path("port"));
    try (Connection connection = connect(database("gateway"));
        Admin admin = Admin.create(kafkaLogin())) {
      assertThat(connection.isValid(1)).isTrue();
      assertThat(admin.listTopics().names().get()).contains(Topics.USER_COMMANDS.name());
    }
  }

  @Test
  void whatAKilledServiceUnpackedIsGoneWithItsNextStart() throws Exception {
    JsonNode before = process("license-service");
    Set<Path> unpacked = unpackedBy("license-service");
    assertThat(unpacked).hasSize(1);

    ProcessHandle.of(before.path("pid").asLong()).orElseThrow().destroyForcibly();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                process("license-service").path("pid").asLong() != before.path("pid").asLong()
                    && local().path("ready").asBoolean());
    assertThat(unpackedBy("license-service")).hasSize(1).doesNotContainAnyElementsOf(unpacked);
  }

  private static Set<Path> unpackedBy(String service) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("services").resolve(service + ".tmp"))) {
      return files.collect(Collectors.toSet());
    }
  }

  @Test
  void statusTellsHealthAndVersionOfEveryPart() {
    StackStatus status = LocalStack.status(folder);
    assertThat(status.running()).isTrue();
    assertThat(status.launcherAlive()).isTrue();
    assertThat(status.parts()).allMatch(part -> part.health() == StackStatus.Health.UP);
    assertThat(status.parts()).allMatch(part -> part.pid() > 0);
    assertThat(status.parts())
        .filteredOn(part -> part.name().equals("postgresql"))
        .allMatch(part -> part.version().startsWith("18"));
  }

  private static Map<String, Object> kafkaLogin() throws IOException {
    Secrets secrets = new Secrets(folder.resolve("secrets.properties"), new SecureRandom());
    return KafkaLogin.clientProperties(
        local().path("kafka").asText(), "gateway", secrets.of("kafka.gateway"));
  }

  private static JsonNode local() throws IOException {
    return new ObjectMapper().readTree(Files.readString(folder.resolve("local.json")));
  }

  private static JsonNode process(String name) throws IOException {
    return named(local().path("processes"), name);
  }

  private static JsonNode database(String name) throws IOException {
    return named(local().path("databases"), name);
  }

  private static JsonNode named(JsonNode all, String name) {
    for (JsonNode one : all) {
      if (one.path("name").asText().equals(name)) {
        return one;
      }
    }
    throw new AssertionError("local.json has no " + name);
  }

  private static Connection connect(JsonNode database) throws SQLException {
    return DriverManager.getConnection(
        database.path("jdbcUrl").asText(),
        database.path("username").asText(),
        database.path("password").asText());
  }
}
