package io.muster.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.localstack.StackStatus.GroupLag;
import io.muster.localstack.StackStatus.Health;
import io.muster.localstack.StackStatus.PartStatus;
import io.muster.localstack.identity.Secrets;
import io.muster.localstack.kafka.BrokerFiles;
import io.muster.localstack.kafka.KafkaInspection;
import io.muster.localstack.part.KafkaPart;
import io.muster.localstack.part.PostgresPart;
import io.muster.localstack.postgresql.PostgresServer;
import io.muster.localstack.service.HealthCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks every part of a stack how it is, by what its {@code local.json} says. */
final class StackInspection {
  private final StackFolder folder;
  private final Secrets secrets;

  StackInspection(StackFolder folder) {
    this.folder = folder;
    this.secrets = new Secrets(folder.secrets(), new SecureRandom());
  }

  StackStatus look() {
    Optional<JsonNode> facts = facts();
    if (facts.isEmpty()) {
      return new StackStatus(false, false, List.of(), List.of());
    }
    try (KafkaInspection kafka =
        new KafkaInspection(
            facts.get().path("kafka").asText(), secrets.of("kafka." + BrokerFiles.BROKER_USER))) {
      boolean kafkaAnswers = kafka.answers();
      List<PartStatus> parts = new ArrayList<>();
      for (JsonNode process : facts.get().path("processes")) {
        parts.add(part(process, kafkaAnswers));
      }
      List<GroupLag> lags = new ArrayList<>();
      if (kafkaAnswers) {
        for (Map.Entry<KafkaInspection.GroupTopic, Long> one : kafka.lags().entrySet()) {
          lags.add(new GroupLag(one.getKey().group(), one.getKey().topic(), one.getValue()));
        }
      }
      boolean running = parts.stream().anyMatch(part -> part.pid() != 0);
      return new StackStatus(running, StackLock.isHeld(folder), parts, lags);
    }
  }

  private Optional<JsonNode> facts() {
    try {
      return Files.exists(folder.localJson())
          ? Optional.of(new ObjectMapper().readTree(Files.readString(folder.localJson())))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private PartStatus part(JsonNode process, boolean kafkaAnswers) {
    String name = process.path("name").asText();
    int port = process.path("port").asInt();
    long pid =
        ProcessHandle.of(process.path("pid").asLong())
            .filter(handle -> folder.mark(name).isOn(handle))
            .map(ProcessHandle::pid)
            .orElse(0L);
    String version = null;
    String address = "http://127.0.0.1:" + port;
    boolean up;
    if (name.equals(KafkaPart.NAME)) {
      address = "127.0.0.1:" + port;
      up = kafkaAnswers;
      version = up ? KafkaInspection.version() : null;
    } else if (name.equals(PostgresPart.NAME)) {
      address = "127.0.0.1:" + port;
      version = PostgresServer.versionAt(port, secrets.of(PostgresServer.SUPERUSER)).orElse(null);
      up = version != null;
    } else {
      up = HealthCheck.of(port).isUp();
      version = up ? StackInspection.class.getPackage().getImplementationVersion() : null;
    }
    Health health = pid == 0 ? Health.DOWN : up ? Health.UP : Health.NOT_READY;
    return new PartStatus(name, health, pid, port, address, version, process.path("log").asText());
  }
}
