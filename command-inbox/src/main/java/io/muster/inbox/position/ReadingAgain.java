package io.muster.inbox.position;

import io.muster.inbox.position.StartingPoint.Alarm;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Goes back to the stored position of partitions while the service runs: after a failover to an
 * older database, or when the topic was replaced under our feet. Thread-safe.
 */
@ApplicationScoped
public class ReadingAgain {
  private static final Logger LOG = Logger.getLogger(ReadingAgain.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaClientService clients;
  private final PlacingPartitions placing;
  private final Alarms alarms;

  ReadingAgain(KafkaClientService clients, PlacingPartitions placing, Alarms alarms) {
    this.clients = clients;
    this.placing = placing;
    this.alarms = alarms;
  }

  /**
   * Reads on from the stored position. Batches polled before this are still in the queue; they show
   * as gaps again, or as repeats, and do no harm.
   *
   * @param gaps partitions whose batch began above the stored position
   * @param seen the client's that met them
   */
  public void afterGaps(Map<TopicPartition, Gap> gaps, GapsSeen seen) {
    gaps.forEach(
        (partition, gap) -> {
          if (seen.note(partition, gap)) {
            alarms.raise(Alarm.DATABASE_BEHIND_KAFKA, partition, gap.first());
          }
        });
    setBack(gaps.keySet());
  }

  /**
   * Looks whether the topic is still the one that the stored position belongs to.
   *
   * @param unknown partitions with records below the position that have no outcome
   */
  public void afterUnknown(Map<TopicPartition, Long> unknown) {
    unknown.forEach((p, offset) -> alarms.raise(Alarm.NO_OUTCOME_BELOW_POSITION, p, offset));
    setBack(unknown.keySet());
  }

  private void setBack(Set<TopicPartition> partitions) {
    for (String channel : clients.getConsumerChannels()) {
      for (KafkaConsumer<?, ?> consumer : clients.getConsumers(channel)) {
        try {
          consumer
              .runOnPollingThread(
                  client -> {
                    placing.again(client, partitions);
                  })
              .await()
              .atMost(PATIENCE);
        } catch (RuntimeException e) {
          // The next batch shows the same gap and asks again.
          LOG.warnf("can't go back to the stored position yet (%s)", e);
        }
      }
    }
  }
}
