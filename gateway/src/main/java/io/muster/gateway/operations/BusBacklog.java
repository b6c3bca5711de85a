package io.muster.gateway.operations;

import io.muster.contracts.topic.Topic;
import io.muster.contracts.topic.Topics;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** How far the consumers are behind, and what could not be read. Blocks. Thread-safe. */
@ApplicationScoped
class BusBacklog {
  /**
   * @param records between the group's committed offsets and the topic's end, over all partitions
   */
  record Lag(String group, String topic, long records) {}

  /**
   * @param topic a dead-letter topic
   * @param records that it keeps
   */
  record DeadLetters(String topic, long records) {}

  /** What the broker tells of a moment. */
  record Backlog(List<Lag> lag, List<DeadLetters> deadLetters) {}

  private static final Logger LOG = Logger.getLogger(BusBacklog.class);

  /** An operator looks when something is wrong: say soon that the broker is away. */
  private static final int PATIENCE_MILLIS = 5_000;

  private final Map<String, Object> config;
  private Admin admin;

  BusBacklog(@Identifier("default-kafka-broker") Map<String, Object> broker) {
    Set<String> known = AdminClientConfig.configNames();
    this.config = new HashMap<>();
    broker.forEach(
        (key, value) -> {
          if (known.contains(key)) {
            config.put(key, value);
          }
        });
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
  }

  /** Empty while the broker is away. */
  Optional<Backlog> look() {
    try {
      return Optional.of(new Backlog(lags(), deadLetters()));
    } catch (ExecutionException e) {
      LOG.warnf("the broker tells no lag: %s", e.getCause().getClass().getSimpleName());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private List<Lag> lags() throws ExecutionException, InterruptedException {
    Map<String, ListConsumerGroupOffsetsSpec> groups =
        admin().listGroups().all().get().stream()
            .collect(
                Collectors.toMap(
                    group -> group.groupId(), group -> new ListConsumerGroupOffsetsSpec()));
    Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
        groups.isEmpty() ? Map.of() : admin().listConsumerGroupOffsets(groups).all().get();
    Set<TopicPartition> partitions =
        committed.values().stream()
            .flatMap(offsets -> offsets.keySet().stream())
            .collect(Collectors.toSet());
    Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
    List<Lag> lags = new ArrayList<>();
    committed.forEach(
        (group, offsets) -> {
          Map<String, Long> behind = new TreeMap<>();
          offsets.forEach(
              (partition, done) -> {
                if (done != null && ends.containsKey(partition)) {
                  long open = Math.max(0, ends.get(partition).offset() - done.offset());
                  behind.merge(partition.topic(), open, Long::sum);
                }
              });
          behind.forEach((topic, open) -> lags.add(new Lag(group, topic, open)));
        });
    lags.sort(Comparator.comparing(Lag::group).thenComparing(Lag::topic));
    return lags;
  }

  private List<DeadLetters> deadLetters() throws ExecutionException, InterruptedException {
    Set<String> there = admin().listTopics().names().get();
    Set<String> topics =
        Topics.all().stream()
            .map(Topic::deadLetters)
            .filter(there::contains)
            .collect(Collectors.toSet());
    Map<String, TopicDescription> described = admin().describeTopics(topics).allTopicNames().get();
    Set<TopicPartition> partitions =
        described.values().stream()
            .flatMap(
                topic ->
                    topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
            .collect(Collectors.toSet());
    Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(partitions, OffsetSpec.earliest());
    Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
    Map<String, Long> kept = new TreeMap<>();
    for (TopicPartition partition : partitions) {
      long records = ends.get(partition).offset() - begins.get(partition).offset();
      kept.merge(partition.topic(), records, Long::sum);
    }
    return kept.entrySet().stream()
        .map(topic -> new DeadLetters(topic.getKey(), topic.getValue()))
        .toList();
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Set<TopicPartition> partitions, OffsetSpec where)
      throws ExecutionException, InterruptedException {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    return admin()
        .listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> where)))
        .all()
        .get();
  }

  /** Made when somebody looks for the first time: no operator, no connection. */
  private synchronized Admin admin() {
    if (admin == null) {
      admin = Admin.create(config);
    }
    return admin;
  }

  @PreDestroy
  synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
