package io.muster.inbox.position;

import io.muster.inbox.watch.IntakeWatch;
import io.muster.inbox.watch.IntakeWatch.Watched;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Sets every newly assigned partition to its {@link StartingPoint}. Waits for the database as long
 * as that takes: without it nothing of the partition could be done anyway, and to start elsewhere
 * would be to skip. A channel names this listener in {@code consumer-rebalance-listener.name}.
 */
@ApplicationScoped
@Identifier(StartingAtTheLower.NAME)
public class StartingAtTheLower implements KafkaConsumerRebalanceListener {
  public static final String NAME = "command-inbox";

  private static final Logger LOG = Logger.getLogger(StartingAtTheLower.class);

  private final PlacingPartitions placing;
  private final IntakeWatch watch;

  StartingAtTheLower(PlacingPartitions placing, IntakeWatch watch) {
    this.placing = placing;
    this.watch = watch;
  }

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    try (Watched assignment = watch.begin()) {
      while (true) {
        try {
          placing.atStart(consumer, partitions);
          return;
        } catch (WakeupException | InterruptException e) {
          throw e;
        } catch (RuntimeException e) {
          LOG.warnf(e, "no starting point for %d partitions yet", partitions.size());
          assignment.waitOut(e);
        }
      }
    }
  }
}
