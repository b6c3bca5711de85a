package io.muster.inbox.position;

import io.muster.inbox.position.ConsumerPositions.Stored;

/**
 * Where to read a partition from: at the lower of Kafka's committed and the stored offset, never
 * further on. What lies between them is done, but its results may not have been sent.
 *
 * @param offset to read from
 * @param toStore the position to be stored instead of the found one; null when that stays
 * @param alarm what is wrong; null when all is well
 */
record StartingPoint(long offset, Stored toStore, Alarm alarm) {

  /** What only a loss or a reset explains. */
  enum Alarm {
    /** The database doesn't know commits that Kafka knows: it lost them. They are read again. */
    DATABASE_BEHIND_KAFKA,
    /** Another topic under this name, or one cut short. It is read from its beginning. */
    TOPIC_RESET,
    /** Kafka deleted records before they were done. */
    RECORDS_EXPIRED_UNREAD,
    /** A record below the stored position has no outcome. It is not done. */
    NO_OUTCOME_BELOW_POSITION
  }

  /**
   * @param topicId of the topic as it is now
   * @param begin offset of its first record
   * @param end offset after its last record
   */
  record Log(String topicId, long begin, long end) {}

  /**
   * @param stored null when the database knows nothing of the partition
   * @param committed Kafka's committed offset; null when there is none
   */
  static StartingPoint of(Stored stored, Log log, Long committed) {
    Stored atBegin = new Stored(log.topicId(), log.begin());
    if (stored == null) {
      boolean lost = committed != null && committed > log.begin();
      return new StartingPoint(log.begin(), atBegin, lost ? Alarm.DATABASE_BEHIND_KAFKA : null);
    }
    if (!stored.topicId().equals(log.topicId()) || stored.nextOffset() > log.end()) {
      return new StartingPoint(log.begin(), atBegin, Alarm.TOPIC_RESET);
    }
    if (stored.nextOffset() < log.begin()) {
      return new StartingPoint(log.begin(), atBegin, Alarm.RECORDS_EXPIRED_UNREAD);
    }
    if (committed == null) {
      return new StartingPoint(log.begin(), null, null);
    }
    if (committed > stored.nextOffset()) {
      return new StartingPoint(stored.nextOffset(), null, Alarm.DATABASE_BEHIND_KAFKA);
    }
    return new StartingPoint(Math.max(committed, log.begin()), null, null);
  }
}
