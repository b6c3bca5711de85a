package io.muster.contracts.topic;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * How long a topic keeps its records. Kafka deletes whole segments, and not the one that is still
 * written to, so segments are small: else a topic with little traffic would keep everything. Why
 * so: {@code docs/decisions/0022-what-goes-when-a-job-is-closed.md}.
 *
 * @param time a record's age at which it may go
 * @param bytesPerPartition the oldest go before that when a partition has grown beyond it; what is
 *     read again after a database's fail-over is cut short then, no row is lost
 * @param segmentTime after which a new segment is begun
 * @param segmentBytes at which a new segment is begun
 */
public record Keeping(
    Duration time, long bytesPerPartition, Duration segmentTime, int segmentBytes) {
  private static final long GIB = 1L << 30;
  private static final int MIB = 1 << 20;

  /**
   * For what comes by the row. Seven days: longer than any outage that people look away from, and
   * the command inbox remembers more. 2 GiB a partition are some 15,000,000 commands of 130 bytes,
   * lz4 and all; those of a tenant's licenses are in one partition.
   */
  static final Keeping ROWS =
      new Keeping(Duration.ofDays(7), 2 * GIB, Duration.ofHours(12), 64 * MIB);

  /** For what comes by the job: 1 GiB of it are some 3,000,000 events. */
  static final Keeping JOBS = new Keeping(Duration.ofDays(7), GIB, Duration.ofHours(12), 16 * MIB);

  /**
   * For what HR tells: an outage of bulk-ingest-service that nobody looks at for a month loses
   * nothing. 1 GiB a partition are some 3,000,000 events.
   */
  static final Keeping HR = new Keeping(Duration.ofDays(35), GIB, Duration.ofDays(1), 16 * MIB);

  /**
   * Reasons and places, of HR's events the sealed payload, for people who come back from their
   * holidays.
   */
  static final Keeping DEAD_LETTERS =
      new Keeping(Duration.ofDays(28), 64L * MIB, Duration.ofDays(1), 8 * MIB);

  public Keeping {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(segmentTime, "segmentTime");
    if (segmentTime.compareTo(time) >= 0 || segmentBytes >= bytesPerPartition) {
      throw new IllegalArgumentException("segments are smaller than what is kept");
    }
  }

  /**
   * How old the oldest record can get: the first of its segment, until the segment's last may go.
   */
  public Duration longestLife() {
    return time.plus(segmentTime);
  }

  /** The topic's settings by Kafka's names. */
  public Map<String, String> topicConfig() {
    return Map.of(
        "cleanup.policy", "delete",
        "retention.ms", Long.toString(time.toMillis()),
        "retention.bytes", Long.toString(bytesPerPartition),
        "segment.ms", Long.toString(segmentTime.toMillis()),
        "segment.bytes", Integer.toString(segmentBytes));
  }
}
