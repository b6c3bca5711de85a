package io.muster.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.localstack.home.StackFailure;
import io.muster.localstack.process.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From outside, as a terminal sees it: the launcher is a process of its own here. */
class StackLifeIT {
  private static final List<String> PARTS =
      List.of(
          "bulk-ingest-service",
          "bulk-ingest-service-2",
          "user-service",
          "user-service-2",
          "license-service",
          "license-service-2",
          "gateway",
          "gateway-2",
          "kafka",
          "postgresql");

  private static final String INSTANCES = "2";

  @TempDir private Path folder;
  private Process launcher;

  @AfterEach
  void endLauncher() throws Exception {
    if (launcher != null && launcher.isAlive()) {
      launcher.destroy();
      launcher.waitFor(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aSecondLauncherIsRefusedAndDownEndsWhatAKilledOneLeftAndNothingElse() throws Exception {
    startLauncher(folder.toString());
    assertThatThrownBy(() -> StackOfStandIns.in(folder, System.err::println).start())
        .as("a second launcher")
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("process " + launcher.pid());
    Process foreign = new ProcessBuilder("sleep", "600").start();
    try {
      launcher.destroyForcibly().waitFor();
      assertThat(running(folder)).containsExactlyInAnyOrderElementsOf(PARTS);
      giveToPart(foreign.pid(), "gateway");

      List<String> stopped = LocalStack.down(folder);

      assertThat(stopped).containsExactlyInAnyOrderElementsOf(PARTS);
      assertThat(running(folder)).isEmpty();
      assertThat(foreign.isAlive()).isTrue();
      assertThat(folder.resolve("local.json")).doesNotExist();
    } finally {
      foreign.destroyForcibly();
    }
  }

  @Test
  void sigtermStopsEverythingAndDataIsThereAtTheNextStart() throws Exception {
    startLauncher(folder.toString());
    try (var connection = superuser()) {
      connection.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
    }

    long start = System.nanoTime();
    launcher.destroy();

    assertThat(launcher.waitFor(15, TimeUnit.SECONDS)).isTrue();
    System.out.println("stopped in ms: " + (System.nanoTime() - start) / 1_000_000);
    assertThat(running(folder)).isEmpty();
    startLauncher(folder.toString());
    try (var connection = superuser();
        var row = connection.createStatement().executeQuery("SELECT answer FROM kept")) {
      row.next();
      assertThat(row.getInt(1)).isEqualTo(42);
    }
    assertThat(LocalStack.down(folder)).contains("launcher");
    assertThat(launcher.waitFor(1, TimeUnit.SECONDS)).isTrue();
    assertThat(running(folder)).isEmpty();
  }

  @Test
  void aPassingStackIsGoneWithItsLauncherEvenByAKill() throws Exception {
    Path temporary = startLauncher("passing");

    launcher.destroyForcibly().waitFor();

    await().atMost(Duration.ofSeconds(15)).until(() -> Files.notExists(temporary));
    assertThat(running(temporary)).isEmpty();
  }

  /** Returns the stack's folder when it is ready. */
  private Path startLauncher(String argument) throws Exception {
    launcher =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-Dmuster.home=" + System.getProperty("muster.home"),
                "-cp",
                System.getProperty("java.class.path"),
                StackOfStandIns.class.getName(),
                argument,
                INSTANCES)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = launcher.inputReader().readLine();
    assertThat(line).as("the launcher's last word").startsWith("ready ");
    return Path.of(line.substring("ready ".length()));
  }

  private static Collection<String> running(Path folder) throws IOException {
    return ProcessMark.allIn(Files.exists(folder) ? folder.toRealPath() : folder).values();
  }

  /** As when the operating system gave the number of a dead process to another one. */
  private void giveToPart(long pid, String part) throws IOException {
    Path file = folder.resolve("local.json");
    ObjectMapper json = new ObjectMapper();
    JsonNode local = json.readTree(Files.readString(file));
    for (JsonNode process : local.path("processes")) {
      if (process.path("name").asText().equals(part)) {
        ((ObjectNode) process).put("pid", pid);
      }
    }
    Files.writeString(file, json.writeValueAsString(local));
  }

  private Connection superuser() throws Exception {
    JsonNode local = new ObjectMapper().readTree(Files.readString(folder.resolve("local.json")));
    JsonNode database = local.path("databases").get(0);
    Properties secrets = new Properties();
    try (var reader = Files.newBufferedReader(folder.resolve("secrets.properties"))) {
      secrets.load(reader);
    }
    return DriverManager.getConnection(
        database.path("jdbcUrl").asText(),
        "muster_superuser",
        secrets.getProperty("muster_superuser"));
  }
}
