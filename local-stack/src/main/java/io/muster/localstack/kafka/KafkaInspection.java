package io.muster.localstack.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.AppInfoParser;

/** Asks a running broker. Closing it ends the connection. */
public final class KafkaInspection implements AutoCloseable {
  private static final int PATIENCE_MS = 3_000;

  private final Admin admin;

  public KafkaInspection(String bootstrapServers, String brokerPassword) {
    Map<String, Object> client =
        KafkaLogin.clientProperties(bootstrapServers, BrokerFiles.BROKER_USER, brokerPassword);
    client.put("default.api.timeout.ms", PATIENCE_MS);
    client.put("request.timeout.ms", PATIENCE_MS);
    this.admin = Admin.create(client);
  }

  /** A consumer group's part in a topic. */
  public record GroupTopic(String group, String topic) implements Comparable<GroupTopic> {
    @Override
    public int compareTo(GroupTopic other) {
      int byGroup = group.compareTo(other.group);
      return byGroup != 0 ? byGroup : topic.compareTo(other.topic);
    }
  }

  /** Broker and client are of one version here. */
  public static String version() {
    return AppInfoParser.getVersion();
  }

  /** Whether the broker answers within moments. */
  public boolean answers() {
    try {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException unreachable) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Messages between each group's committed offset and the log's end, over all partitions. Empty
   * when the broker goes away meanwhile.
   */
  public Map<GroupTopic, Long> lags() {
    Map<GroupTopic, Long> lags = new TreeMap<>();
    try {
      Map<String, ListConsumerGroupOffsetsSpec> groups =
          admin.listGroups().all().get().stream()
              .collect(
                  Collectors.toMap(
                      listing -> listing.groupId(), listing -> new ListConsumerGroupOffsetsSpec()));
      Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
          admin.listConsumerGroupOffsets(groups).all().get();
      Map<TopicPartition, ListOffsetsResultInfo> ends = ends(committed);
      committed.forEach(
          (group, offsets) ->
              offsets.forEach(
                  (partition, done) -> {
                    if (done != null) {
                      long lag = Math.max(0, ends.get(partition).offset() - done.offset());
                      lags.merge(new GroupTopic(group, partition.topic()), lag, Long::sum);
                    }
                  }));
    } catch (ExecutionException unreachable) {
      lags.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lags;
  }

  private Map<TopicPartition, ListOffsetsResultInfo> ends(
      Map<String, Map<TopicPartition, OffsetAndMetadata>> committed)
      throws ExecutionException, InterruptedException {
    Set<TopicPartition> partitions =
        committed.values().stream()
            .flatMap(offsets -> offsets.keySet().stream())
            .collect(Collectors.toSet());
    return admin
        .listOffsets(
            partitions.stream()
                .collect(Collectors.toMap(Function.identity(), one -> OffsetSpec.latest())))
        .all()
        .get();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
