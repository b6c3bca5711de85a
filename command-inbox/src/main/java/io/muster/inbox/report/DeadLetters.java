package io.muster.inbox.report;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.chassis.wire.Records;
import io.muster.inbox.position.TopicIds;
import io.muster.inbox.watch.LogKeys;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/**
 * Puts what can't be read on the topic's dead-letter topic: reason and place in headers, no
 * payload. What can't be read can't be told to hold no secret, and its place finds it again.
 */
@ApplicationScoped
public class DeadLetters {
  static final String CHANNEL = "dead-letters";

  /** Why the record is here, a code. */
  public static final String REASON = "muster-reason";

  /** Where the record is, {@code topic/partition/offset}. */
  public static final String PLACE = "muster-place";

  /** As {@code Topic.deadLetters()} has it. */
  private static final String SUFFIX = ".dead-letters";

  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  private final KafkaClientService clients;
  private final TopicIds topics;
  private final MeterRegistry metrics;
  private final Records records;

  /**
   * @param wiresTheChannel makes the channel's producer; the topic is chosen per record
   */
  DeadLetters(
      KafkaClientService clients,
      TopicIds topics,
      MeterRegistry metrics,
      @ConfigProperty(name = "quarkus.application.name") String service,
      @Channel(CHANNEL) Emitter<byte[]> wiresTheChannel) {
    this.clients = clients;
    this.topics = topics;
    this.metrics = metrics;
    this.records = new Records(service, "dead-letter");
  }

  /**
   * Returns when the broker has them, or has no such topic: a letter that can't be put down is told
   * in the log and never blocks the commands behind it.
   *
   * @throws KafkaException when the broker is away; all of them are to be sent again
   */
  public void send(List<Unreadable> unreadable) {
    if (unreadable.isEmpty()) {
      return;
    }
    Producer<byte[], byte[]> producer = clients.<byte[], byte[]>getProducer(CHANNEL).unwrap();
    Acknowledgements acknowledgements = new Acknowledgements();
    Set<String> sources =
        unreadable.stream().map(u -> u.partition().topic()).collect(Collectors.toSet());
    sources.removeIf(source -> !topics.exists(source + SUFFIX));
    for (Unreadable record : unreadable) {
      if (sources.contains(record.partition().topic())) {
        var unused = producer.send(letter(record), acknowledgements);
      }
    }
    producer.flush();
    acknowledgements.check();
    unreadable.forEach(this::tell);
  }

  private void tell(Unreadable record) {
    metrics.counter("muster.inbox.dead.letters", "reason", record.reason()).increment();
    try (LogKeys keys = LogKeys.of(record.partition(), record.offset())) {
      LOG.errorf("record can't be read: %s %s", record.reason(), keys);
    }
  }

  private ProducerRecord<byte[], byte[]> letter(Unreadable record) {
    String place =
        record.partition().topic() + '/' + record.partition().partition() + '/' + record.offset();
    Headers headers = records.headers(place, null);
    headers.add(REASON, record.reason().getBytes(StandardCharsets.US_ASCII));
    headers.add(PLACE, place.getBytes(StandardCharsets.US_ASCII));
    return new ProducerRecord<>(
        record.partition().topic() + SUFFIX, null, null, null, new byte[0], headers);
  }
}
