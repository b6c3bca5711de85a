package io.muster.deployment.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.topic.Keeping;
import io.muster.contracts.topic.Topic;
import io.muster.contracts.topic.Topics;
import io.muster.deployment.Program;
import io.muster.deployment.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeTest {
  private final String text = Repository.text("docker-compose.yml");
  private final ComposeFile file = new ComposeFile(text);

  @Test
  void itTellsServicesWhatTheyReadAndAllThatTheyNeed() {
    assertThat(file.wrongKeys()).isEmpty();
  }

  @Test
  void itTellsPortsWhereSomebodyListensAndFoldersThatAreKept() {
    assertThat(file.wrongPorts()).isEmpty();
    assertThat(file.lostFolders()).isEmpty();
  }

  @Test
  void itHoldsNoPassword() {
    assertThat(file.clearSecrets()).isEmpty();
  }

  @Test
  void itsServicesAreHeldTightAndStartInTheOrderOfHealth() {
    assertThat(file.loose()).isEmpty();
    assertThat(file.unordered()).isEmpty();
  }

  @Test
  void aLooseServiceAndOneThatStartsTooEarlyAreFound() {
    assertThat(with("/tmp:exec,", "/tmp:").loose())
        .hasSize(4)
        .contains("user-service can't load its libraries");
    assertThat(with("/tmp:exec,", "/tmp:noexec,").loose()).hasSize(4);
    assertThat(with("read_only: true", "read_only: false").loose())
        .contains("gateway writes to its root");
    assertThat(with("cap_drop: [ALL]", "cap_drop: [KILL]").loose())
        .contains("gateway keeps capabilities");
    assertThat(with("no-new-privileges:true", "no-new-privileges:false").loose())
        .contains("gateway may gain privileges");
    assertThat(with("  mem_limit: 768m\n", "").loose())
        .hasSize(3)
        .contains("gateway has no limit of memory");
    assertThat(with("  restart: unless-stopped\n  read_only", "  read_only").loose())
        .hasSize(4)
        .contains("gateway stays away");
    assertThat(with("service_completed_successfully", "service_started").unordered())
        .hasSize(4)
        .contains("gateway doesn't wait for topics");
    assertThat(with("license-service: { condition: service_healthy }", "").unordered())
        .containsExactly("gateway doesn't wait for license-service");
    assertThat(with("test: [\"CMD\", \"pg_isready\"", "no: [\"CMD\"").unordered())
        .containsExactly("postgresql is never healthy");
  }

  @Test
  void noMachineIsTooLargeForAService() {
    assertThat(file.outgrown()).isEmpty();
    assertThat(with("JDK_JAVA_OPTIONS", "JAVA_OPTS").outgrown())
        .hasSize(4)
        .contains("gateway sizes itself by its machine");
    assertThat(with("mem_limit: 1g", "mem_limit: 768m").outgrown())
        .containsExactly("user-service has no room for its hashes");
  }

  @Test
  void faultsThatArePlantedAreFound() {
    assertThat(with("MUSTER_SPOOL_DIRECTORY:", "MUSTER_SPOOL_FOLDER:").wrongKeys())
        .containsExactly(
            "bulk-ingest-service: nothing reads MUSTER_SPOOL_FOLDER",
            "bulk-ingest-service: must be told MUSTER_SPOOL_DIRECTORY");
    assertThat(with("http://license-service:8080", "http://license-service:8081").wrongPorts())
        .containsExactly("gateway: nobody listens at http://license-service:8081");
    assertThat(with("8080:8080\"", "8080:80\"").wrongPorts())
        .containsExactly("gateway: publishes 80, where it doesn't listen");
    assertThat(with("${GATEWAY_APP_PASSWORD}", "s3cret").clearSecrets())
        .contains("gateway: QUARKUS_DATASOURCE_PASSWORD has a value of its own");
    assertThat(with("KEYS: ${SERVICE_TOKENS_KEY}", "KEYS: s3cret").clearSecrets())
        .containsExactly("bulk-ingest-service: MUSTER_SERVICE_TOKENS_KEYS has a value of its own");
    assertThat(with("password=\"${GATEWAY_KAFKA_PASSWORD}", "password=\"s3cret").clearSecrets())
        .containsExactly("gateway: KAFKA_SASL_JAAS_CONFIG has a value of its own");
    assertThat(
            with("MUSTER_SPOOL_DIRECTORY: /var/lib/muster/spool", "MUSTER_SPOOL_DIRECTORY: /data")
                .lostFolders())
        .containsExactly("bulk-ingest-service: MUSTER_SPOOL_DIRECTORY lies on no volume: /data");
  }

  private ComposeFile with(String right, String wrong) {
    assertThat(text).contains(right);
    return new ComposeFile(text.replace(right, wrong));
  }

  @Test
  void theTopicsScriptMakesTheCataloguesTopics(@TempDir Path folder) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (Topic<?> topic : Topics.all()) {
      expected.put(topic.name(), settings(topic.partitions(), topic.keeping()));
      expected.put(topic.deadLetters(), settings(1, Topics.deadLetters()));
    }
    String script = Files.readString(Repository.ROOT.resolve("compose/topics"));

    assertThat(madeBy(script, folder)).isEqualTo(expected);
    assertThat(madeBy(script.replace("rows muster.row-results 12\n", ""), folder))
        .isNotEqualTo(expected)
        .doesNotContainKey("muster.row-results");
  }

  /** What a script asks Kafka's own one for. */
  private static Map<String, String> madeBy(String script, Path folder) throws IOException {
    Path recorder = folder.resolve("bin/kafka-topics.sh");
    Files.createDirectories(recorder.getParent());
    Files.writeString(recorder, "#!/usr/bin/env bash\necho \"$@\"\n");
    recorder.toFile().setExecutable(true);

    Program.Ended made =
        Program.run(
            Repository.ROOT,
            Map.of("KAFKA_HOME", folder.toString()),
            List.of("bash", Files.writeString(folder.resolve("topics"), script).toString()));

    assertThat(made.code()).as(made.output()).isZero();
    return asMade(made.output());
  }

  private static String settings(int partitions, Keeping keeping) {
    return "partitions=" + partitions + " " + new TreeMap<>(keeping.topicConfig());
  }

  private static Map<String, String> asMade(String output) {
    Map<String, String> topics = new TreeMap<>();
    for (String line : output.lines().toList()) {
      List<String> words = Arrays.asList(line.split(" "));
      Map<String, String> config = new TreeMap<>();
      for (int i = 0; i < words.size() - 1; i++) {
        if (words.get(i).equals("--config")) {
          String[] pair = words.get(i + 1).split("=", 2);
          config.put(pair[0], pair[1]);
        }
      }
      topics.put(
          words.get(words.indexOf("--topic") + 1),
          "partitions=" + words.get(words.indexOf("--partitions") + 1) + " " + config);
    }
    return topics;
  }
}
