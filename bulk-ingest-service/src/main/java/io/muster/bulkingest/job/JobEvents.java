package io.muster.bulkingest.job;

import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.topic.Topics;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Tells the world about a job: the topic {@code muster.job-events}, in order per job. */
@ApplicationScoped
public class JobEvents {
  private static final String CHANNEL = "job-events";

  private final Wire<JobEvent> wire = Wire.of(Topics.JOB_EVENTS);
  private final Records records = new Records("bulk-ingest-service", "job-event");
  private final KafkaClientService clients;

  /**
   * @param wired keeps the channel wired; records go to its client directly, many at a time
   */
  JobEvents(KafkaClientService clients, @Channel(CHANNEL) Emitter<byte[]> wired) {
    this.clients = clients;
  }

  /**
   * Sends one event.
   *
   * @return completes when the brokers have it, exceptionally when they don't: then it is still
   *     owed
   */
  public CompletionStage<Void> send(JobEvent.Type type, JobSnapshot job) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    Producer<String, byte[]> producer = clients.<String, byte[]>getProducer(CHANNEL).unwrap();
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                Topics.JOB_EVENTS.name(),
                null,
                job.id().toString(),
                wire.encode(new JobEvent(type, job)),
                records.headers(job.id() + "/" + job.version(), null)),
            (metadata, failure) -> {
              if (failure == null) {
                sent.complete(null);
              } else {
                sent.completeExceptionally(failure);
              }
            });
    return sent;
  }
}
