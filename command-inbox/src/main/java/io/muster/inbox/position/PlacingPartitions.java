package io.muster.inbox.position;

import io.muster.inbox.database.Transactions;
import io.muster.inbox.position.ConsumerPositions.Stored;
import io.muster.inbox.position.StartingPoint.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Asks both sides where a partition stands and sets the consumer to its {@link StartingPoint}. Runs
 * on the consumer's polling thread.
 */
@ApplicationScoped
class PlacingPartitions {
  private static final Logger LOG = Logger.getLogger(PlacingPartitions.class);

  private final DataSource dataSource;
  private final Transactions transactions;
  private final TopicIds topicIds;
  private final Alarms alarms;

  PlacingPartitions(
      DataSource dataSource, Transactions transactions, TopicIds topicIds, Alarms alarms) {
    this.dataSource = dataSource;
    this.transactions = transactions;
    this.topicIds = topicIds;
    this.alarms = alarms;
  }

  /**
   * Sets newly assigned partitions to the lower of Kafka's committed and the stored offset.
   *
   * @throws RuntimeException when one side doesn't answer; nothing is set then that matters
   */
  void atStart(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    place(consumer, partitions, true);
  }

  /**
   * Sets partitions back to their stored position, after checking that it still is one. Partitions
   * that aren't the consumer's any more are left out.
   */
  void again(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    Set<TopicPartition> own = new HashSet<>(partitions);
    own.retainAll(consumer.assignment());
    if (!own.isEmpty()) {
      place(consumer, own, false);
    }
  }

  private void place(
      Consumer<?, ?> consumer, Collection<TopicPartition> partitions, boolean heedCommitted) {
    Map<String, String> ids =
        topicIds.of(partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
    Map<TopicPartition, StartingPoint> starts =
        transactions.inNew(
            () -> {
              try (Connection connection = dataSource.getConnection()) {
                Map<TopicPartition, Stored> stored =
                    ConsumerPositions.lockWhole(connection, partitions);
                Map<TopicPartition, StartingPoint> found = new HashMap<>();
                for (TopicPartition partition : partitions) {
                  Log log =
                      new Log(
                          ids.get(partition.topic()), begins.get(partition), ends.get(partition));
                  Stored position = stored.get(partition);
                  Long kafkas = offset(committed.get(partition));
                  Long heeded = kafkas;
                  if (!heedCommitted && position != null) {
                    heeded = position.nextOffset();
                  }
                  StartingPoint start = StartingPoint.of(position, log, heeded);
                  if (start.toStore() != null) {
                    ConsumerPositions.begin(connection, partition, start.toStore());
                  }
                  found.put(partition, start);
                }
                return found;
              }
            });
    starts.forEach(
        (partition, start) -> {
          if (start.alarm() != null) {
            alarms.raise(start.alarm(), partition, start.offset());
          }
          consumer.seek(partition, start.offset());
          Long kafkas = offset(committed.get(partition));
          if (kafkas != null && kafkas > start.offset()) {
            setKafkaBack(consumer, partition, start.offset());
          }
        });
  }

  /** Else Kafka stays ahead, and raises the alarm again at every assignment. */
  private static void setKafkaBack(Consumer<?, ?> consumer, TopicPartition partition, long offset) {
    try {
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warnf("Kafka's committed offset stays ahead of the database for now (%s)", e);
    }
  }

  private static Long offset(OffsetAndMetadata committed) {
    return committed == null ? null : committed.offset();
  }
}
