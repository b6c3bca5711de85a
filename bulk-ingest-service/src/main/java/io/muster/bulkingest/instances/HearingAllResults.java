package io.muster.bulkingest.instances;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Has this instance hear the results of all partitions, whichever instance sent the commands: each
 * start is a consumer group of its own, which commits nothing and so leaves nothing behind. What
 * came before the start answers slices of earlier starts, so it begins at the end. Only what is
 * sent after {@link #isHearing} is sure to be heard of.
 */
@ApplicationScoped
@Default
@Identifier(HearingAllResults.NAME)
public class HearingAllResults implements KafkaConsumerRebalanceListener {
  static final String NAME = "all-results";

  private static final Logger LOG = Logger.getLogger(HearingAllResults.class);
  private static final long BACK_OFF_MILLIS = 200;

  /** Where to go on: partitions that were taken away for a moment go on where they were. */
  private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();

  private volatile boolean hearing;

  /** Whether every result that is written from now on comes to this instance. */
  public boolean isHearing() {
    return hearing;
  }

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    while (!partitions.isEmpty()) {
      try {
        place(consumer, partitions);
        hearing = true;
        return;
      } catch (WakeupException | InterruptException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.warnf("can't hear results yet: %s", e.getClass().getSimpleName());
        pause();
      }
    }
  }

  @Override
  public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
  }

  @Override
  public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    onPartitionsRevoked(consumer, partitions);
  }

  private void place(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    Set<TopicPartition> fresh = new HashSet<>(partitions);
    fresh.removeAll(positions.keySet());
    for (TopicPartition partition : partitions) {
      Long position = positions.get(partition);
      if (position != null) {
        consumer.seek(partition, position);
      }
    }
    if (hearing) {
      // Added while we run: commands that were sent may be answered there from its beginning on.
      consumer.seekToBeginning(fresh);
    } else {
      consumer.seekToEnd(fresh);
    }
    // Asks the broker now, not at some later poll.
    fresh.forEach(partition -> positions.put(partition, consumer.position(partition)));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BACK_OFF_MILLIS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
