package io.muster.bulkingest.hr;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.chassis.wire.Records;
import io.muster.contracts.hr.DeadReason;
import io.muster.contracts.topic.Topics;
import io.muster.sealing.Keysets;
import io.muster.sealing.SealedFor;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/**
 * Lays events of HR that can't be read or done on {@code muster.hr-events.dead-letters}: reason,
 * place and tenant in headers, what they say sealed, since it is about somebody. At least once.
 */
@ApplicationScoped
public class DeadLetters {
  /** Why it is here, a word of {@link DeadReason}. */
  public static final String REASON = "muster-reason";

  /** Where it lies, {@code topic/partition/offset}. */
  public static final String PLACE = "muster-place";

  /** The field to blame; left out where none is. */
  public static final String FIELD = "muster-field";

  /** Whose it is; left out where that couldn't be read. */
  public static final String TENANT = "muster-tenant";

  private static final String CHANNEL = "hr-dead-letters";
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  private final KafkaClientService clients;
  private final MeterRegistry metrics;
  private final Keysets keysets;
  private final Records records = new Records("bulk-ingest-service", "dead-letter");

  /**
   * A letter.
   *
   * @param tenant null where it couldn't be read
   * @param place never null
   * @param field null where none is to blame
   * @param payload as it came, or in structured mode; null counts as empty
   */
  public record Letter(
      String tenant, String place, DeadReason reason, String field, byte[] payload) {
    public Letter {
      Objects.requireNonNull(place, "place");
      Objects.requireNonNull(reason, "reason");
      payload = payload == null ? new byte[0] : payload;
    }
  }

  /**
   * @param wiresTheChannel makes the channel's producer; letters go to its client, many at a time
   */
  DeadLetters(
      KafkaClientService clients,
      MeterRegistry metrics,
      Keysets keysets,
      @Channel(CHANNEL) Emitter<byte[]> wiresTheChannel) {
    this.clients = clients;
    this.metrics = metrics;
    this.keysets = keysets;
  }

  /** What a letter's payload is sealed for; a letter without a tenant is nobody's. */
  public static SealedFor sealedFor(String tenant, String place) {
    return new SealedFor(tenant == null ? "" : tenant, new UUID(0, 0), "dead-letter/" + place);
  }

  /**
   * Returns when the broker has them all.
   *
   * @throws KafkaException when it is away; all of them are to be sent again
   */
  public void send(List<Letter> letters) {
    if (letters.isEmpty()) {
      return;
    }
    Producer<byte[], byte[]> producer = clients.<byte[], byte[]>getProducer(CHANNEL).unwrap();
    List<Future<RecordMetadata>> sent = new ArrayList<>(letters.size());
    letters.forEach(letter -> sent.add(producer.send(record(letter))));
    producer.flush();
    for (Future<RecordMetadata> each : sent) {
      acknowledged(each);
    }
    for (Letter letter : letters) {
      metrics.counter("muster.hr.dead.letters", "reason", letter.reason().name()).increment();
      LOG.warnf("an event of HR can't be done: %s, place=%s", letter.reason(), letter.place());
    }
  }

  private static void acknowledged(Future<RecordMetadata> sent) {
    try {
      sent.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("stopped while a dead letter was sent", e);
    } catch (ExecutionException e) {
      throw new KafkaException("a dead letter was not acknowledged", e.getCause());
    }
  }

  private ProducerRecord<byte[], byte[]> record(Letter letter) {
    Headers headers = records.headers(letter.place(), null);
    put(headers, REASON, letter.reason().name());
    put(headers, PLACE, letter.place());
    put(headers, FIELD, letter.field());
    put(headers, TENANT, letter.tenant());
    byte[] sealed =
        keysets.bytes().seal(letter.payload(), sealedFor(letter.tenant(), letter.place()));
    return new ProducerRecord<>(Topics.HR_EVENTS.deadLetters(), null, null, null, sealed, headers);
  }

  private static void put(Headers headers, String name, String value) {
    if (value != null) {
      headers.add(name, value.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
