package io.muster.gateway.track.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.chassis.wire.Records;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Puts what can't be read on its topic's dead-letter topic: reason and place in headers, no
 * payload. What can't be read can't be told to hold no secret, and its place finds it again.
 */
@ApplicationScoped
public class DeadLetters {
  /** Why the record is here, a code. */
  public static final String REASON = "muster-reason";

  /** Where the record is, {@code topic/partition/offset}. */
  public static final String PLACE = "muster-place";

  private static final String CHANNEL = "dead-letters";
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  private final KafkaClientService clients;
  private final MeterRegistry metrics;
  private final BatchWatch watch;
  private final Records records = new Records("gateway", "dead-letter");

  /**
   * @param wiresTheChannel makes the channel's producer; the topic is chosen per record
   */
  DeadLetters(
      KafkaClientService clients,
      MeterRegistry metrics,
      BatchWatch watch,
      @Channel(CHANNEL) Emitter<byte[]> wiresTheChannel) {
    this.clients = clients;
    this.metrics = metrics;
    this.watch = watch;
  }

  /**
   * Returns when the broker has it, or has no such topic: a letter that can't be put down is told
   * in the log and never blocks what is behind it.
   *
   * @param reason a code, never a value
   */
  public void put(ConsumerRecord<byte[], byte[]> record, String reason) {
    metrics.counter("muster.dead.letters", "topic", record.topic(), "reason", reason).increment();
    MDC.put("topic", record.topic());
    MDC.put("partition", record.partition());
    MDC.put("offset", record.offset());
    String place = record.topic() + '/' + record.partition() + '/' + record.offset();
    try {
      LOG.errorf("record can't be read: %s at %s", reason, place);
      watch.untilDone("dead letter", () -> send(record.topic(), place, reason));
    } finally {
      MDC.remove("topic");
      MDC.remove("partition");
      MDC.remove("offset");
    }
  }

  private boolean send(String topic, String place, String reason) throws Exception {
    Headers headers = records.headers(place, null);
    headers.add(REASON, reason.getBytes(StandardCharsets.US_ASCII));
    headers.add(PLACE, place.getBytes(StandardCharsets.US_ASCII));
    Producer<byte[], byte[]> producer = clients.<byte[], byte[]>getProducer(CHANNEL).unwrap();
    try {
      producer
          .send(
              new ProducerRecord<byte[], byte[]>(
                  topic + ".dead-letters", null, (byte[]) null, new byte[0], headers))
          .get();
      return true;
    } catch (ExecutionException e) {
      boolean noSuchTopic =
          e.getCause() instanceof UnknownTopicOrPartitionException
              || e.getCause() instanceof InvalidTopicException
              || String.valueOf(e.getCause().getMessage()).contains("not present in metadata");
      if (!noSuchTopic) {
        throw e;
      }
      LOG.errorf("there is no dead-letter topic; the record stays at %s", place);
      return false;
    }
  }
}
