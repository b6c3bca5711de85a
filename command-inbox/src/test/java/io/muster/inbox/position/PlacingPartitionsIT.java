package io.muster.inbox.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.inbox.InboxDatabase;
import io.muster.inbox.position.StartingPoint.Alarm;
import io.muster.localstack.testing.TestPlatform;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real broker and a real database: where a consumer starts. */
class PlacingPartitionsIT {
  private final Map<String, Object> broker = TestPlatform.shared().kafkaClient("broker");
  private final InboxDatabase database = InboxDatabase.shared();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final TopicIds topicIds = new TopicIds(broker);
  private final PlacingPartitions placing =
      new PlacingPartitions(database.dataSource(), database, topicIds, new Alarms(metrics));
  private final String topic = "placing-" + UUID.randomUUID();
  private final TopicPartition partition = new TopicPartition(topic, 0);
  private KafkaConsumer<byte[], byte[]> consumer;

  @BeforeEach
  void aTopicWithTenRecords() throws Exception {
    makeTopic();
    produce(10);
    Map<String, Object> settings = new HashMap<>(broker);
    settings.put("group.id", topic);
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(Set.of(partition));
  }

  @AfterEach
  void close() {
    consumer.close();
    topicIds.close(null);
  }

  @Test
  void theFirstStartIsAtTheBeginning() throws SQLException {
    placing.atStart(consumer, List.of(partition));

    assertThat(consumer.position(partition)).isZero();
    assertThat(stored()).isZero();
    assertThat(alarms()).isEmpty();
  }

  @Test
  void aStartIsAtTheLowerOfTheTwo() throws SQLException {
    placing.atStart(consumer, List.of(partition));
    advance(7);
    commit(4);

    placing.atStart(consumer, List.of(partition));

    assertThat(consumer.position(partition)).isEqualTo(4);
    assertThat(stored()).isEqualTo(7);
    assertThat(alarms()).isEmpty();
  }

  @Test
  void whatTheDatabaseLostIsReadAgainAndKafkaSetBack() throws SQLException {
    placing.atStart(consumer, List.of(partition));
    advance(3);
    commit(9);

    placing.atStart(consumer, List.of(partition));

    assertThat(consumer.position(partition)).isEqualTo(3);
    assertThat(consumer.committed(Set.of(partition)).get(partition).offset()).isEqualTo(3);
    assertThat(alarms()).containsExactly(Alarm.DATABASE_BEHIND_KAFKA.name());
  }

  @Test
  void aTopicMadeAnewIsReadFromItsBeginning() throws Exception {
    placing.atStart(consumer, List.of(partition));
    advance(7);
    try (Admin admin = Admin.create(broker)) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
    makeTopic();
    produce(20);

    placing.atStart(consumer, List.of(partition));

    assertThat(consumer.position(partition)).isZero();
    assertThat(stored()).isZero();
    assertThat(alarms()).containsExactly(Alarm.TOPIC_RESET.name());
  }

  @Test
  void goingBackWhileRunningHeedsTheDatabaseOnlyAndOwnPartitionsOnly() throws SQLException {
    placing.atStart(consumer, List.of(partition));
    advance(5);
    commit(2);

    placing.again(consumer, List.of(partition, new TopicPartition("someone-elses", 0)));

    assertThat(consumer.position(partition)).isEqualTo(5);
    assertThat(alarms()).isEmpty();
  }

  @Test
  void whetherATopicIsThereIsToldWithoutWaiting() {
    assertThat(topicIds.exists(topic)).isTrue();
    assertThat(topicIds.exists("no-such-topic")).isFalse();
  }

  private void makeTopic() throws Exception {
    try (Admin admin = Admin.create(broker)) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private void produce(int records) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        var unused = producer.send(new ProducerRecord<>(topic, new byte[] {1}));
      }
      producer.flush();
    }
  }

  private void commit(long offset) {
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
  }

  private void advance(long next) throws SQLException {
    database.inNew(
        () -> {
          try (Connection connection = database.dataSource().getConnection()) {
            ConsumerPositions.advance(connection, Map.of(partition, next));
            return null;
          }
        });
  }

  private long stored() throws SQLException {
    return database.inNew(
        () -> {
          try (Connection connection = database.dataSource().getConnection()) {
            return ConsumerPositions.lock(connection, List.of(partition)).get(partition);
          }
        });
  }

  private List<String> alarms() {
    return metrics.find("muster.inbox.alarms").counters().stream()
        .map(c -> c.getId().getTag("alarm"))
        .toList();
  }
}
