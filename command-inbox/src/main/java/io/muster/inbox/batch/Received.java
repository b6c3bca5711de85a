package io.muster.inbox.batch;

import java.nio.ByteBuffer;
import org.apache.kafka.common.TopicPartition;

/**
 * A command as it came from the bus.
 *
 * @param slice the dispatcher's slice number as it came; null when there is none
 * @param recordKey Kafka's key as it came, within which the order is kept; null when there is none
 * @param answered whether it was answered before its turn: then its outcome is only looked for,
 *     since a database that lost it has to do it again
 */
public record Received<C>(
    C command,
    InboxKey key,
    TopicPartition partition,
    long offset,
    byte[] slice,
    byte[] recordKey,
    boolean answered) {
  private static final ByteBuffer NO_KEY = ByteBuffer.allocate(0);

  /** What shares it keeps its order; all without a key share one. */
  ByteBuffer orderedBy() {
    return recordKey == null ? NO_KEY : ByteBuffer.wrap(recordKey);
  }

  Received<C> answeredBeforeItsTurn() {
    return answered(true);
  }

  Received<C> toBeAnswered() {
    return answered ? answered(false) : this;
  }

  private Received<C> answered(boolean already) {
    return new Received<>(command, key, partition, offset, slice, recordKey, already);
  }
}
