package io.muster.inbox.position;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Which gaps one client has met. Each client has its own: what another one has in memory of a
 * partition that moved says nothing of what the log holds, and two that meet the same gap after the
 * database lost commits would take it for a hole. For one thread at a time.
 */
public final class GapsSeen {
  /** The newest, until a batch without a gap has come. */
  private final Map<TopicPartition, Gap> newest = new HashMap<>();

  /**
   * @return true when the same client has met the very same gap before, and so has read again from
   *     that position since: the log itself has a hole there, as a foreign transaction's marker
   *     leaves one
   */
  public boolean isHole(TopicPartition partition, Gap gap) {
    return gap.equals(newest.get(partition));
  }

  /** The partition was done up to its stored position without a gap. */
  public void goesOn(TopicPartition partition) {
    newest.remove(partition);
  }

  /**
   * A batch was left undone for a gap.
   *
   * @return whether that is news; none is what was polled behind a gap before it was met. A gap
   *     above another position is: what was met before was closed by somebody else, or is another
   *     loss
   */
  public boolean note(TopicPartition partition, Gap gap) {
    Gap before = newest.get(partition);
    if (before != null && before.stored() == gap.stored() && before.first() <= gap.first()) {
      return false;
    }
    newest.put(partition, gap);
    return true;
  }
}
