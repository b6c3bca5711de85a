package io.muster.gateway;

import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.Part;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobProgress;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Speaks on the bus in place of the services around the gateway. */
public final class Bus implements AutoCloseable {
  private static final Wire<RowResult> RESULTS = Wire.of(Topics.ROW_RESULTS);
  private static final Wire<JobEvent> EVENTS = Wire.of(Topics.JOB_EVENTS);
  private static final Wire<JobProgress> PROGRESS = Wire.of(Topics.JOB_PROGRESS);

  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(client(), new StringSerializer(), new ByteArraySerializer());

  /** Tells of a job as bulk-ingest-service does. */
  public void tell(JobEvent.Type type, JobSnapshot job) {
    put(
        new ProducerRecord<>(
            Topics.JOB_EVENTS.name(), job.id().toString(), EVENTS.encode(new JobEvent(type, job))));
    producer.flush();
  }

  /** Sends results as the services do. */
  public void send(List<RowResult> results) {
    for (RowResult result : results) {
      put(
          new ProducerRecord<>(
              Topics.ROW_RESULTS.name(),
              Topics.resultKey(result.jobId(), result.row()),
              RESULTS.encode(result)));
    }
    producer.flush();
  }

  /** Sends what isn't a result. */
  public void sendGarbage(String topic, byte[] value) {
    sendGarbage(topic, "garbage", value);
  }

  /** Sends what isn't a result under a key. */
  public void sendGarbage(String topic, String key, byte[] value) {
    put(new ProducerRecord<>(topic, key, value));
    producer.flush();
  }

  /** An applied user part of a row that has no other. */
  public static RowResult added(JobSnapshot job, long row) {
    return new RowResult(
        job.tenant(), job.id(), row, Part.USER, PartOutcome.APPLIED, null, null, Set.of(Part.USER));
  }

  /** A refused user part of a row that has no other. */
  public static RowResult refused(JobSnapshot job, long row, RowCode code, String detail) {
    return new RowResult(
        job.tenant(),
        job.id(),
        row,
        Part.USER,
        PartOutcome.REJECTED,
        code,
        detail,
        Set.of(Part.USER));
  }

  /** Listens from now on; close it. */
  public static Listener listen(String topic) {
    return new Listener(topic);
  }

  @Override
  public void close() {
    producer.close();
  }

  /** Losses come to light where the record is missed; {@link KafkaProducer#flush} waits. */
  private void put(ProducerRecord<String, byte[]> record) {
    var unused = producer.send(record);
  }

  private static Map<String, Object> client() {
    return new HashMap<>(TestPlatform.shared().kafkaClient("broker"));
  }

  /** Reads a topic from its end of the moment it was made. */
  public static final class Listener implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> heard = new ArrayList<>();

    private Listener(String topic) {
      consumer =
          new KafkaConsumer<>(client(), new StringDeserializer(), new ByteArrayDeserializer());
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new org.apache.kafka.common.TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
    }

    /** Everything heard so far. */
    public List<ConsumerRecord<String, byte[]>> records() {
      consumer.poll(Duration.ofMillis(100)).forEach(heard::add);
      return heard;
    }

    /** The reports on a job so far. */
    public List<JobProgress> progressOf(UUID jobId) {
      return records().stream()
          .filter(record -> jobId.toString().equals(record.key()))
          .map(
              record -> {
                try {
                  return PROGRESS.decode(record.value());
                } catch (io.muster.chassis.wire.UnreadableMessage e) {
                  throw new AssertionError(e);
                }
              })
          .toList();
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
