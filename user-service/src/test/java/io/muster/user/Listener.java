package io.muster.user;

import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.event.AccountEvent;
import io.muster.contracts.topic.Headers;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** One of the tenant's other systems: hears what happens to its accounts from now on. */
final class Listener implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Wire<AccountEvent> wire = Wire.of(Topics.ACCOUNT_EVENTS);
  private final String tenant;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> heard = new ArrayList<>();

  Listener(String tenant) {
    this.tenant = tenant;
    consumer =
        new KafkaConsumer<>(
            TestPlatform.shared().kafkaClient("broker"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.ACCOUNT_EVENTS.name()).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /**
   * Waits for the first event that says so; a user's events come in order, so whatever was to come
   * of that user before it has come.
   *
   * @return all events of the user up to it, in words
   */
  List<String> until(String user, String last) {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      List<String> words = words(user);
      int found = words.indexOf(last);
      if (found >= 0) {
        return words.subList(0, found + 1);
      }
      consumer.poll(Duration.ofMillis(200)).forEach(this::keep);
    }
    throw new AssertionError("no event " + last + " of " + user + ", only " + words(user));
  }

  /** Waits until so many events of the user have come, repeats or not. */
  List<ConsumerRecord<String, byte[]>> records(String user, int wanted) {
    Instant end = Instant.now().plus(PATIENCE);
    while (of(user).size() < wanted && Instant.now().isBefore(end)) {
      consumer.poll(Duration.ofMillis(200)).forEach(this::keep);
    }
    return of(user);
  }

  private void keep(ConsumerRecord<String, byte[]> event) {
    if (event.key().startsWith(tenant + "/")) {
      heard.add(event);
    }
  }

  private List<ConsumerRecord<String, byte[]>> of(String user) {
    return heard.stream().filter(event -> event.key().equals(tenant + "/" + user)).toList();
  }

  private List<String> words(String user) {
    return of(user).stream().map(record -> words(read(record))).toList();
  }

  private static String words(AccountEvent event) {
    return event.row()
        + " "
        + event.type()
        + (event.state() == null ? "" : " " + event.state())
        + (event.properties() == null ? "" : " " + String.join(",", event.properties()));
  }

  AccountEvent read(ConsumerRecord<String, byte[]> event) {
    try {
      return wire.decode(event.value());
    } catch (UnreadableMessage e) {
      throw new AssertionError("an event isn't what its topic promises", e);
    }
  }

  /** Everything that an outsider can read. */
  String everything() {
    StringBuilder all = new StringBuilder();
    for (ConsumerRecord<String, byte[]> event : heard) {
      all.append(event.key()).append(new String(event.value(), StandardCharsets.UTF_8));
      event
          .headers()
          .forEach(h -> all.append(h.key()).append(new String(h.value(), StandardCharsets.UTF_8)));
    }
    return all.toString();
  }

  static String id(ConsumerRecord<String, byte[]> event) {
    return Bus.header(event, Headers.ID);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
