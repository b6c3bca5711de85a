package io.muster.gateway.deadletter;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds records again by their places, for as long as their topics keep them. Each call has a
 * client of its own: people rarely ask. Blocks. Thread-safe. Why there is no copy: {@code
 * docs/decisions/0029-dead-letters-by-their-place.md}.
 */
@ApplicationScoped
class SourceRecords {
  /** Somebody waits for the answer: say soon that the broker is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Object> config = new HashMap<>();

  SourceRecords(@Identifier("default-kafka-broker") Map<String, Object> broker) {
    Set<String> known = ConsumerConfig.configNames();
    broker.forEach(
        (key, value) -> {
          if (known.contains(key)) {
            config.put(key, value);
          }
        });
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
  }

  /**
   * @return what is still there; places that the topic has forgotten, or never had, are left out
   * @throws KafkaException when the broker is away
   */
  Map<Place, ConsumerRecord<byte[], byte[]>> read(Collection<Place> places) {
    if (places.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, TreeSet<Long>> wanted =
        places.stream()
            .collect(
                Collectors.groupingBy(
                    Place::partition,
                    Collectors.mapping(Place::offset, Collectors.toCollection(TreeSet::new))));
    Map<Place, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      wanted.keySet().retainAll(existing(consumer, wanted.keySet()));
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(wanted.keySet());
      Map<TopicPartition, Long> ends = consumer.endOffsets(wanted.keySet());
      wanted.forEach(
          (partition, offsets) ->
              read(
                  consumer,
                  partition,
                  new TreeSet<>(offsets.subSet(begins.get(partition), ends.get(partition))),
                  found));
    }
    return found;
  }

  private static Set<TopicPartition> existing(
      KafkaConsumer<?, ?> consumer, Set<TopicPartition> asked) {
    Set<TopicPartition> existing = new HashSet<>();
    for (String topic : asked.stream().map(TopicPartition::topic).collect(Collectors.toSet())) {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic);
      for (PartitionInfo each : partitions == null ? List.<PartitionInfo>of() : partitions) {
        existing.add(new TopicPartition(topic, each.partition()));
      }
    }
    return existing;
  }

  /** Goes through a partition from one wanted record to the next: neighbours come in one poll. */
  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      TreeSet<Long> offsets,
      Map<Place, ConsumerRecord<byte[], byte[]>> found) {
    consumer.assign(List.of(partition));
    while (!offsets.isEmpty()) {
      consumer.seek(partition, offsets.first());
      List<ConsumerRecord<byte[], byte[]>> polled =
          new ArrayList<>(consumer.poll(PATIENCE).records(partition));
      if (polled.isEmpty()) {
        throw new TimeoutException("no record came within " + PATIENCE);
      }
      for (ConsumerRecord<byte[], byte[]> each : polled) {
        if (offsets.contains(each.offset())) {
          found.put(new Place(partition, each.offset()), each);
        }
      }
      // What lies before the last that came is here, or was taken out of the topic.
      offsets.headSet(polled.get(polled.size() - 1).offset(), true).clear();
    }
  }
}
