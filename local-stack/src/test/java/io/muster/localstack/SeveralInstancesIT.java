package io.muster.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack with three processes of each service. */
class SeveralInstancesIT {
  private static final List<String> TOLD = new CopyOnWriteArrayList<>();

  @TempDir private static Path folder;
  private static LocalStack stack;

  @BeforeAll
  static void start() throws Exception {
    stack = StackOfStandIns.with(StackOptions.keeping(folder, 0).withInstances(3), TOLD::add);
    stack.start();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void localJsonNamesThemAllAndTheFirstGatewayIsTheAddress() throws Exception {
    assertThat(local().path("processes"))
        .extracting(process -> process.path("name").asText())
        .containsExactlyInAnyOrder(
            "bulk-ingest-service",
            "bulk-ingest-service-2",
            "bulk-ingest-service-3",
            "user-service",
            "user-service-2",
            "user-service-3",
            "license-service",
            "license-service-2",
            "license-service-3",
            "gateway",
            "gateway-2",
            "gateway-3",
            "kafka",
            "postgresql");
    assertThat(ports(local().path("processes"))).hasSize(14);
    assertThat(local().path("url").asText())
        .isEqualTo("http://127.0.0.1:" + process("gateway").path("port").asInt());
    assertThat(local().path("databases"))
        .extracting(database -> database.path("name").asText())
        .containsExactlyInAnyOrder(
            "bulk-ingest-service", "user-service", "license-service", "gateway");
    assertThat(LocalStack.status(folder).parts())
        .hasSize(14)
        .allMatch(part -> part.health() == StackStatus.Health.UP);
  }

  @Test
  void eachIsToldOfAllInstancesOfTheOthersAndOfTheSpoolThatTheyShare() throws Exception {
    Properties gateway = settings("gateway-2");
    for (String service : List.of("bulk-ingest", "user", "license")) {
      assertThat(gateway.getProperty("muster.services." + service + "-url").split(","))
          .containsExactly(
              url(service + "-service"), url(service + "-service-2"), url(service + "-service-3"));
    }
    for (String name : List.of("bulk-ingest-service", "bulk-ingest-service-3")) {
      assertThat(settings(name).getProperty("muster.spool.shared")).isEqualTo("true");
      assertThat(settings(name).getProperty("muster.spool.directory"))
          .isEqualTo(folder.toRealPath().resolve("spool").toString());
    }
  }

  @Test
  void aKilledOneComesBackOnItsPortAndTheOthersStay() throws Exception {
    JsonNode before = process("user-service-2");
    long other = process("user-service").path("pid").asLong();

    ProcessHandle.of(before.path("pid").asLong()).orElseThrow().destroyForcibly();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                process("user-service-2").path("pid").asLong() != before.path("pid").asLong()
                    && local().path("ready").asBoolean());
    assertThat(TOLD).contains("user-service-2 died (signal 9), restarting");
    assertThat(process("user-service-2").path("port")).isEqualTo(before.path("port"));
    assertThat(process("user-service").path("pid").asLong()).isEqualTo(other);
  }

  private static Properties settings(String name) throws IOException {
    Properties settings = new Properties();
    try (Reader reader =
        Files.newBufferedReader(folder.resolve("services").resolve(name + ".properties"))) {
      settings.load(reader);
    }
    return settings;
  }

  private static String url(String name) throws IOException {
    return "http://127.0.0.1:" + process(name).path("port").asInt();
  }

  private static Set<Integer> ports(JsonNode processes) {
    Set<Integer> ports = new TreeSet<>();
    processes.forEach(process -> ports.add(process.path("port").asInt()));
    return ports;
  }

  private static JsonNode local() throws IOException {
    return new ObjectMapper().readTree(Files.readString(folder.resolve("local.json")));
  }

  private static JsonNode process(String name) throws IOException {
    for (JsonNode process : local().path("processes")) {
      if (process.path("name").asText().equals(name)) {
        return process;
      }
    }
    throw new AssertionError("local.json has no " + name);
  }
}
