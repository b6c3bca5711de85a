package io.muster.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Headers;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The other ends of user-service's topics. */
final class Bus implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Wire<UserCommand> commands = Wire.of(Topics.USER_COMMANDS);
  private final Wire<RowResult> results = Wire.of(Topics.ROW_RESULTS);
  private final Records records = new Records("bulk-ingest-service", "user-command");
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> waiting = new ArrayList<>();
  private final Map<String, Integer> messages = new HashMap<>();

  /** What is sent from now on can be received. */
  Bus() {
    Map<String, Object> broker = TestPlatform.shared().kafkaClient("broker");
    producer = new KafkaProducer<>(broker, new StringSerializer(), new ByteArraySerializer());
    consumer = new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.ROW_RESULTS.name()).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** Sends commands as the dispatcher does, in slice 7. */
  void send(List<UserCommand> batch) {
    for (UserCommand command : batch) {
      sendRaw(
          Topics.userKey(command.tenant(), command.userPrincipalName()),
          commands.encode(command),
          Records.commandId(command.jobId(), command.row()));
    }
    producer.flush();
  }

  void sendRaw(String key, byte[] value, String id) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topics.USER_COMMANDS.name(),
                null,
                key,
                value,
                records.headers(id, "7".getBytes(StandardCharsets.US_ASCII))));
  }

  /** Tells of a job that is closed, as bulk-ingest-service does. */
  void closed(String tenant, UUID job) {
    JobSnapshot snapshot =
        new JobSnapshot(
            job,
            9,
            tenant,
            null,
            Map.of(),
            JobState.SUCCEEDED,
            null,
            JobSource.FILE,
            false,
            null,
            "ada",
            Instant.EPOCH,
            null,
            null,
            Instant.EPOCH,
            null,
            1,
            Map.of(),
            1,
            1,
            0,
            null,
            null,
            Instant.EPOCH,
            Instant.EPOCH,
            null,
            List.of());
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topics.JOB_EVENTS.name(),
                job.toString(),
                Wire.of(Topics.JOB_EVENTS).encode(new JobEvent(JobEvent.Type.CLOSED, snapshot))));
    producer.flush();
  }

  /**
   * @return the first results of the job, as many as wanted, in the order of their arrival
   */
  List<ConsumerRecord<String, byte[]>> receive(UUID jobId, int wanted) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    Iterator<ConsumerRecord<String, byte[]>> kept = waiting.iterator();
    while (kept.hasNext() && found.size() < wanted) {
      ConsumerRecord<String, byte[]> result = kept.next();
      if (result.key().startsWith(jobId.toString())) {
        found.add(result);
        kept.remove();
      }
    }
    Instant end = Instant.now().plus(PATIENCE);
    while (found.size() < wanted && Instant.now().isBefore(end)) {
      for (ConsumerRecord<String, byte[]> result :
          oneByOne(consumer.poll(Duration.ofMillis(200)))) {
        if (found.size() < wanted && result.key().startsWith(jobId.toString())) {
          found.add(result);
        } else {
          waiting.add(result);
        }
      }
    }
    return found;
  }

  /** Of what is told of many rows together, a record for each of them. */
  private List<ConsumerRecord<String, byte[]>> oneByOne(
      Iterable<ConsumerRecord<String, byte[]>> records) {
    List<ConsumerRecord<String, byte[]>> rows = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      messages.merge(record.key().substring(0, record.key().indexOf('/')), 1, Integer::sum);
      RowResult result = read(record);
      if (result.rows() == null) {
        rows.add(record);
        continue;
      }
      assertThat(header(record, Headers.ROWS)).isEqualTo("" + result.rows().size());
      for (long row : result.rows()) {
        RecordHeaders headers = new RecordHeaders(record.headers());
        headers.remove(Headers.ROWS);
        headers.remove(Headers.ID);
        headers.add(
            Headers.ID,
            Records.resultId(result.jobId(), row, result.part())
                .getBytes(StandardCharsets.US_ASCII));
        rows.add(
            new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                results.encode(result.of(row)),
                headers,
                Optional.empty()));
      }
    }
    return rows;
  }

  /** How many messages have told of a job's rows so far. */
  int messages(UUID jobId) {
    return messages.getOrDefault(jobId.toString(), 0);
  }

  List<RowResult> results(UUID jobId, int wanted) {
    return receive(jobId, wanted).stream().map(this::read).toList();
  }

  /**
   * Waits until every row was answered, repeats or not.
   *
   * @return the answers by row; a row that was answered twice in different ways fails the test
   */
  Map<Long, RowResult> answers(UUID jobId, int rows) {
    Map<Long, RowResult> answers = new TreeMap<>();
    Instant end = Instant.now().plus(PATIENCE);
    while (answers.size() < rows && Instant.now().isBefore(end)) {
      for (RowResult result : results(jobId, 1)) {
        RowResult before = answers.put(result.row(), result);
        if (before != null && !before.equals(result)) {
          throw new AssertionError("row " + result.row() + " was answered in two ways");
        }
      }
    }
    return answers;
  }

  RowResult read(ConsumerRecord<String, byte[]> result) {
    try {
      return results.decode(result.value());
    } catch (UnreadableMessage e) {
      throw new AssertionError("a result isn't what its topic promises", e);
    }
  }

  /**
   * @return the first letters of user-service's dead-letter topic, as many as wanted
   */
  List<ConsumerRecord<String, byte[]>> deadLetters(int wanted) {
    try (KafkaConsumer<String, byte[]> letters =
        new KafkaConsumer<>(
            TestPlatform.shared().kafkaClient("broker"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          letters.partitionsFor(Topics.USER_COMMANDS.deadLetters()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      letters.assign(partitions);
      letters.seekToBeginning(partitions);
      List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
      Instant end = Instant.now().plus(PATIENCE);
      while (found.size() < wanted && Instant.now().isBefore(end)) {
        letters.poll(Duration.ofMillis(200)).forEach(found::add);
      }
      return found;
    }
  }

  /**
   * @return license commands of the job, as many as wanted
   */
  List<LicenseCommand> licenseCommands(UUID jobId, int wanted) {
    Wire<LicenseCommand> wire = Wire.of(Topics.LICENSE_COMMANDS);
    try (KafkaConsumer<String, byte[]> orders =
        new KafkaConsumer<>(
            TestPlatform.shared().kafkaClient("broker"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          orders.partitionsFor(Topics.LICENSE_COMMANDS.name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      orders.assign(partitions);
      orders.seekToBeginning(partitions);
      List<LicenseCommand> found = new ArrayList<>();
      Instant end = Instant.now().plus(PATIENCE);
      while (found.size() < wanted && Instant.now().isBefore(end)) {
        for (ConsumerRecord<String, byte[]> record : orders.poll(Duration.ofMillis(200))) {
          LicenseCommand command = wire.decode(record.value());
          if (command.jobId().equals(jobId)) {
            found.add(command);
          }
        }
      }
      return found;
    } catch (UnreadableMessage e) {
      throw new AssertionError("a command isn't what its topic promises", e);
    }
  }

  static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(Records.header(record.headers(), name), StandardCharsets.UTF_8);
  }

  static String slice(ConsumerRecord<?, ?> record) {
    return header(record, Headers.SLICE);
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
