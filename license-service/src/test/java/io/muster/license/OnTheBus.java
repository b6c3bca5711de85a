package io.muster.license;

import static org.awaitility.Awaitility.await;

import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Speaks to the running service as the dispatcher does. */
public final class OnTheBus {
  private OnTheBus() {}

  /** Sends commands of one job and waits for as many answers. */
  public static List<RowResult> answers(List<LicenseCommand> commands) {
    Records records = new Records("bulk-ingest-service", "license-command");
    try (KafkaConsumer<String, byte[]> results = results();
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(
                TestPlatform.shared().kafkaClient("broker"),
                new StringSerializer(),
                new ByteArraySerializer())) {
      int slice = 0;
      for (LicenseCommand command : commands) {
        slice++; // each its own, so that each is answered by itself
        var unused =
            producer.send(
                new ProducerRecord<>(
                    Topics.LICENSE_COMMANDS.name(),
                    null,
                    Topics.licenseKey(command.tenant()),
                    Wire.of(Topics.LICENSE_COMMANDS).encode(command),
                    records.headers(
                        Records.commandId(command.jobId(), command.row()),
                        Integer.toString(slice).getBytes(StandardCharsets.US_ASCII))));
      }
      producer.flush();
      String job = commands.get(0).jobId().toString();
      List<RowResult> found = new ArrayList<>();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                for (ConsumerRecord<String, byte[]> result : results.poll(Duration.ofMillis(200))) {
                  if (result.key().startsWith(job)) {
                    RowResult told = read(result.value());
                    told.allRows().forEach(row -> found.add(told.of(row)));
                  }
                }
                return found.size() >= commands.size();
              });
      return found;
    }
  }

  private static KafkaConsumer<String, byte[]> results() {
    Map<String, Object> broker = TestPlatform.shared().kafkaClient("broker");
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.ROW_RESULTS.name()).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private static RowResult read(byte[] value) throws UnreadableMessage {
    return Wire.of(Topics.ROW_RESULTS).decode(value);
  }

  /** Tells of a job that is closed, as bulk-ingest-service does. */
  public static void closed(String tenant, UUID job) {
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
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            TestPlatform.shared().kafkaClient("broker"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  Topics.JOB_EVENTS.name(),
                  job.toString(),
                  Wire.of(Topics.JOB_EVENTS).encode(new JobEvent(JobEvent.Type.CLOSED, snapshot))));
      var unusedToo =
          producer.send(
              new ProducerRecord<>(Topics.JOB_EVENTS.name(), job.toString(), new byte[] {'?'}));
    }
  }
}
