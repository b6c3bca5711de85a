package io.muster.inbox.batch;

import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What one poll brought of one partition, and how much of it is still to be answered. It is
 * acknowledged by itself: a slow partition doesn't keep the offsets of the poll's others. Compared
 * by identity, since a partition that is read again brings the same offsets once more.
 */
public final class Polled {
  private final TopicPartition partition;
  private final Runnable acknowledging;
  private List<ConsumerRecord<byte[], byte[]>> records;
  private int unanswered;
  private long number;

  /**
   * @param records at least one, in the order of their offsets
   * @param acknowledging tells the channel that it is done with them; must not throw
   */
  public Polled(
      TopicPartition partition,
      List<ConsumerRecord<byte[], byte[]>> records,
      Runnable acknowledging) {
    this.partition = partition;
    this.records = records;
    this.acknowledging = acknowledging;
    this.unanswered = records.size();
  }

  public static List<Polled> of(KafkaRecordBatch<byte[], byte[]> poll) {
    @SuppressWarnings("unchecked")
    IncomingKafkaRecordBatchMetadata<byte[], byte[]> metadata =
        poll.getMetadata(IncomingKafkaRecordBatchMetadata.class).orElseThrow();
    List<Polled> parts = new ArrayList<>();
    poll.getLatestOffsetRecords()
        .forEach(
            (partition, last) ->
                parts.add(
                    new Polled(partition, metadata.getRecords().records(partition), last::ack)));
    return parts;
  }

  public TopicPartition partition() {
    return partition;
  }

  /** Gives each poll of a client a higher one. */
  public void number(long next) {
    this.number = next;
  }

  /** Which poll it came with: the lower, the longer it waits. */
  public long number() {
    return number;
  }

  public int unanswered() {
    return unanswered;
  }

  /** The records, once: what was read of them stays, and they needn't. */
  public List<ConsumerRecord<byte[], byte[]>> takeRecords() {
    List<ConsumerRecord<byte[], byte[]>> taken = records;
    records = List.of();
    return taken;
  }

  /** So many more are done with; with the last it is acknowledged. */
  public void answered(int more) {
    unanswered -= more;
    if (unanswered == 0) {
      acknowledging.run();
    }
  }
}
