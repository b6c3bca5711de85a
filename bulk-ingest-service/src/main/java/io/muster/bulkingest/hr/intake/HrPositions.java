package io.muster.bulkingest.hr.intake;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.topic.Topics;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Up to where HR's events are taken, stored with what followed from them. A partition is read from
 * the lower of Kafka's position and this one: a database that lost commits gets its events again.
 * It never skips anything by it: a topic that was made anew is read from Kafka's position, and what
 * comes twice is known by its name and place.
 */
@ApplicationScoped
@Default
@Identifier(HrPositions.NAME)
public class HrPositions implements KafkaConsumerRebalanceListener {
  static final String NAME = "hr-positions";

  private static final Logger LOG = Logger.getLogger(HrPositions.class);
  private static final long BACK_OFF_MILLIS = 500;

  private static final String READ = "SELECT partition, next_offset FROM hr_position";

  private static final String STORE =
      """
      INSERT INTO hr_position (partition, next_offset)
      SELECT p.* FROM unnest(?::integer[], ?::bigint[]) AS p (partition, next_offset) ORDER BY 1
      ON CONFLICT (partition) DO UPDATE SET next_offset = excluded.next_offset
      """;

  private final DataSource dataSource;

  HrPositions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** In the running transaction. */
  void store(Map<Integer, Long> next) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(STORE)) {
      new ColumnArrays<>(statement, List.copyOf(next.entrySet()), 1)
          .add("integer", Map.Entry::getKey)
          .add("bigint", Map.Entry::getValue);
      statement.executeUpdate();
    }
  }

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    while (!partitions.isEmpty()) {
      try {
        place(consumer, partitions);
        return;
      } catch (WakeupException | InterruptException e) {
        throw e;
      } catch (SQLException | RuntimeException e) {
        // Without the database nothing could be done anyway.
        LOG.warnf("can't take events of HR yet: %s", e.getClass().getSimpleName());
        pause();
      }
    }
  }

  private void place(Consumer<?, ?> consumer, Collection<TopicPartition> partitions)
      throws SQLException {
    Map<Integer, Long> stored = read();
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
    for (TopicPartition partition : partitions) {
      Long mine = stored.get(partition.partition());
      OffsetAndMetadata kafkas = committed.get(partition);
      if (kafkas != null && (mine == null || mine < kafkas.offset())) {
        LOG.errorf(
            "the database has lost events of HR: reading again, topic=%s partition=%d",
            Topics.HR_EVENTS.name(), partition.partition());
        consumer.seek(partition, mine == null ? 0 : mine);
      }
    }
  }

  private Map<Integer, Long> read() throws SQLException {
    Map<Integer, Long> stored = new HashMap<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        stored.put(rows.getInt(1), rows.getLong(2));
      }
    }
    return stored;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BACK_OFF_MILLIS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
