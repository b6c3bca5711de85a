package io.muster.gateway.track;

import io.muster.contracts.topic.Topics;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Knows whether all results come to this process: then whoever waits for one is woken when it is
 * counted, and needn't look for what another instance may have counted. Only a hint. Thread-safe.
 */
@ApplicationScoped
@Default
@Identifier(CountedHere.NAME)
public class CountedHere implements KafkaConsumerRebalanceListener {
  static final String NAME = "counted-here";

  private static final Logger LOG = Logger.getLogger(CountedHere.class);

  private final Set<TopicPartition> ours = ConcurrentHashMap.newKeySet();
  private volatile int all = Integer.MAX_VALUE;

  /** Whether this process has all partitions of the results. */
  public boolean all() {
    return ours.size() >= all;
  }

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    ours.addAll(partitions);
    // Also when nothing was assigned: partitions may have been added that went elsewhere.
    all = howMany(consumer);
  }

  /** A hint is no reason to stop the channel. */
  private static int howMany(Consumer<?, ?> consumer) {
    try {
      return consumer.partitionsFor(Topics.ROW_RESULTS.name()).size();
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.debugf("can't tell how many partitions there are: %s", e.getClass().getSimpleName());
      return Integer.MAX_VALUE;
    }
  }

  @Override
  public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    ours.removeAll(partitions);
  }

  @Override
  public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    ours.removeAll(partitions);
  }
}
