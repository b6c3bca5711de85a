package io.muster.inbox.position;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Where one client met records above a partition's stored position. Each client has its own: what
 * another one has in memory of a partition that moved says nothing of what the log holds, and two
 * that meet the same gap after the database lost commits would take it for a hole. For one thread
 * at a time.
 */
public final class GapsSeen {
  /** Lowest offset at which a gap was seen, until a batch without a gap has come. */
  private final Map<TopicPartition, Long> lowest = new HashMap<>();

  /**
   * @return true when reading again from the stored position brought nothing but this record: the
   *     log itself has a hole there, as a foreign transaction's marker leaves one
   */
  public boolean foundNothingBefore(TopicPartition partition, long firstOffset) {
    return Long.valueOf(firstOffset).equals(lowest.get(partition));
  }

  /** The partition was done up to its stored position without a gap. */
  public void goesOn(TopicPartition partition) {
    lowest.remove(partition);
  }

  /**
   * A batch began above the stored position.
   *
   * @return whether that is news: no gap as low was seen before
   */
  public boolean note(TopicPartition partition, long firstOffset) {
    return lowest.merge(partition, firstOffset, Math::min) == firstOffset;
  }
}
