package io.muster.inbox.position;

import io.muster.chassis.setwise.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The table {@code consumer_position}: up to where each partition is done, stored with the work
 * itself. Its rows are locked in the order of topic and partition.
 */
public final class ConsumerPositions {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private static final String LOCK =
      """
      SELECT p.topic, p.partition, p.topic_id, p.next_offset
      FROM consumer_position p
      JOIN unnest(?::text[], ?::integer[]) AS asked (topic, partition)
        ON p.topic = asked.topic AND p.partition = asked.partition
      ORDER BY p.topic, p.partition
      FOR UPDATE OF p
      """;

  private static final String ADVANCE =
      """
      UPDATE consumer_position p
      SET next_offset = read.next_offset
      FROM unnest(?::text[], ?::integer[], ?::bigint[]) AS read (topic, partition, next_offset)
      WHERE p.topic = read.topic AND p.partition = read.partition
        AND p.next_offset < read.next_offset
      """;

  private static final String BEGIN =
      """
      INSERT INTO consumer_position AS p (topic, partition, topic_id, next_offset)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (topic, partition)
      DO UPDATE SET topic_id = excluded.topic_id, next_offset = excluded.next_offset
      """;

  private ConsumerPositions() {}

  /**
   * @param topicId Kafka's id of the topic that the offset belongs to
   * @param nextOffset of the first record that isn't done
   */
  record Stored(String topicId, long nextOffset) {}

  /**
   * Locks the partitions' rows until the transaction ends.
   *
   * @return the offset of the first record that isn't done; partitions without a row are left out
   */
  public static Map<TopicPartition, Long> lock(
      Connection connection, Collection<TopicPartition> partitions) throws SQLException {
    Map<TopicPartition, Long> next = new HashMap<>();
    lockWhole(connection, partitions)
        .forEach((partition, stored) -> next.put(partition, stored.nextOffset()));
    return next;
  }

  static Map<TopicPartition, Stored> lockWhole(
      Connection connection, Collection<TopicPartition> partitions) throws SQLException {
    Map<TopicPartition, Stored> found = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      bind(statement, List.copyOf(partitions));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(
              new TopicPartition(rows.getString(1), rows.getInt(2)),
              new Stored(rows.getString(3), rows.getLong(4)));
        }
      }
    }
    return found;
  }

  /** Moves positions forward, never back. */
  public static void advance(Connection connection, Map<TopicPartition, Long> next)
      throws SQLException {
    if (next.isEmpty()) {
      return;
    }
    List<TopicPartition> partitions = new ArrayList<>(next.keySet());
    partitions.sort(ORDER);
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
      bind(statement, partitions).add("bigint", next::get);
      statement.executeUpdate();
    }
  }

  /** Sets a partition's position, also back: after its topic was found to be a new one. */
  static void begin(Connection connection, TopicPartition partition, Stored position)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      statement.setString(1, partition.topic());
      statement.setInt(2, partition.partition());
      statement.setString(3, position.topicId());
      statement.setLong(4, position.nextOffset());
      statement.executeUpdate();
    }
  }

  private static ColumnArrays<TopicPartition> bind(
      PreparedStatement statement, List<TopicPartition> partitions) throws SQLException {
    return new ColumnArrays<>(statement, partitions, 1)
        .add("text", TopicPartition::topic)
        .add("integer", TopicPartition::partition);
  }
}
