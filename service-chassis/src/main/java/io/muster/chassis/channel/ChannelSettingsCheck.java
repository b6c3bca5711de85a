package io.muster.chassis.channel;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Proves at start-up that every Kafka client of this service runs with the settings that lose no
 * message, whatever file or variable tried to change them. The service refuses to start otherwise.
 */
@ApplicationScoped
public class ChannelSettingsCheck {
  private static final Map<String, String> OF_CONSUMERS =
      Map.of(
          "auto.offset.reset", "earliest",
          "isolation.level", "read_committed",
          "enable.auto.commit", "false");
  private static final Map<String, String> OF_PRODUCERS =
      Map.of("acks", "all", "enable.idempotence", "true");

  private final KafkaClientService clients;

  ChannelSettingsCheck(KafkaClientService clients) {
    this.clients = clients;
  }

  /** Runs after the channels were wired: their observer has a library's priority. */
  void onStart(@Observes @Priority(10_000) StartupEvent started) {
    List<String> wrong = new ArrayList<>();
    for (String channel : clients.getConsumerChannels()) {
      for (KafkaConsumer<?, ?> consumer : clients.getConsumers(channel)) {
        compare(channel, consumer.configuration(), OF_CONSUMERS, wrong);
      }
    }
    for (String channel : clients.getProducerChannels()) {
      KafkaProducer<?, ?> producer = clients.getProducer(channel);
      compare(channel, producer.configuration(), OF_PRODUCERS, wrong);
    }
    if (!wrong.isEmpty()) {
      throw new IllegalStateException(
          "Kafka channels would lose messages with these settings: " + String.join("; ", wrong));
    }
  }

  static void compare(
      String channel, Map<String, ?> effective, Map<String, String> required, List<String> wrong) {
    required.forEach(
        (key, value) -> {
          Object found = effective.get(key);
          if (!value.equals(String.valueOf(found))) {
            wrong.add(channel + ": " + key + " is " + found + ", must be " + value);
          }
        });
  }
}
