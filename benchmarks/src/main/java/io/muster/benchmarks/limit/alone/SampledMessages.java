package io.muster.benchmarks.limit.alone;

import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The newest commands on the bus, so that Kafka alone is measured with messages of their very size
 * and as easily compressed as they are.
 *
 * @param messages JSON in UTF-8, each without a line break
 */
public record SampledMessages(List<byte[]> messages) {
  private static final int LINE_FEED = '\n';

  public SampledMessages {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a sample has a message at least");
    }
  }

  /** Bytes of a message on the average. */
  public double averageBytes() {
    return messages.stream().mapToInt(message -> message.length).average().orElse(0);
  }

  /**
   * Reads what was sent last.
   *
   * @param client login of somebody who may read the topic
   * @param most messages
   * @return made-up commands where the topic is empty
   */
  public static SampledMessages ofCommands(Map<String, Object> client, int most) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    List<byte[]> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      String topic = Topics.USER_COMMANDS.name();
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(known -> new TopicPartition(topic, known.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
      int each = most / partitions.size() + 1;
      ends.forEach(
          (partition, end) ->
              consumer.seek(partition, Math.max(starts.get(partition), end - each)));
      while (found.size() < most && isShort(consumer, ends)) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofSeconds(1));
        for (ConsumerRecord<byte[], byte[]> record : polled) {
          if (found.size() < most && fits(record.value())) {
            found.add(record.value());
          }
        }
      }
    }
    return new SampledMessages(found.isEmpty() ? madeUp() : found);
  }

  private static boolean isShort(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  /** Kafka's tool reads messages from the lines of a file. */
  private static boolean fits(byte[] value) {
    if (value == null || value.length == 0) {
      return false;
    }
    for (byte b : value) {
      if (b == LINE_FEED) {
        return false;
      }
    }
    return true;
  }

  private static List<byte[]> madeUp() {
    Wire<UserCommand> wire = Wire.of(Topics.USER_COMMANDS);
    UUID job = new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L);
    List<byte[]> commands = new ArrayList<>();
    for (int row = 1; row <= 1_000; row++) {
      commands.add(wire.encode(command(job, row)));
    }
    return commands;
  }

  private static UserCommand command(UUID job, int row) {
    Map<String, String> properties =
        Map.of(
            "displayName", "Person " + row,
            "firstName", "Person",
            "lastName", "Number " + row,
            "department", "Department " + row % 40,
            "office", "Office " + row % 90);
    return new UserCommand(
        "contoso",
        job,
        row,
        new Stamp(1, row),
        Operation.ADD,
        "person." + row + "@contoso.com",
        false,
        false,
        null,
        properties,
        null,
        null,
        false,
        true,
        true,
        new Actor("ada@contoso.com", Set.of("tenant-admin"), Set.of()),
        Set.of(Part.USER),
        null,
        null,
        false);
  }

  /** One message a line. */
  byte[] lines() {
    StringBuilder lines = new StringBuilder();
    for (byte[] message : messages) {
      lines.append(new String(message, StandardCharsets.UTF_8)).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }
}
