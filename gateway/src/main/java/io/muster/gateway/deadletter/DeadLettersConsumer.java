package io.muster.gateway.deadletter;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.chassis.wire.Records;
import io.muster.contracts.topic.Headers;
import io.muster.gateway.track.watch.BatchWatch;
import io.muster.gateway.track.watch.DeadLetters;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Letters of all topics in, rows that can be listed out. */
@ApplicationScoped
class DeadLettersConsumer {
  private static final Logger LOG = Logger.getLogger(DeadLettersConsumer.class);
  private static final String SERVICES = "/muster/";

  private final SourceRecords sources;
  private final WhoseRecord whose;
  private final KeepingDeadLetters keeping;
  private final BatchWatch watch;

  DeadLettersConsumer(
      SourceRecords sources, WhoseRecord whose, KeepingDeadLetters keeping, BatchWatch watch) {
    this.sources = sources;
    this.whose = whose;
    this.keeping = keeping;
    this.watch = watch;
  }

  @Incoming("kept-dead-letters")
  @Blocking
  void consume(ConsumerRecords<byte[], byte[]> poll) {
    watch.untilDone("batch of dead letters", () -> keep(poll));
  }

  private int keep(ConsumerRecords<byte[], byte[]> poll) throws SQLException {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : poll) {
      Optional<Place> place = Place.of(header(record, DeadLetters.PLACE));
      if (place.isPresent()) {
        records.add(record);
        places.add(place.get());
      } else {
        LOG.errorf(
            "a letter without a place: topic=%s, offset=%d", record.topic(), record.offset());
      }
    }
    if (records.isEmpty()) {
      return 0;
    }
    Map<Place, String> tenants = whose.of(sources.read(places));
    List<DeadLetter> letters = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      letters.add(letter(records.get(i), places.get(i), tenants));
    }
    return keeping.keep(letters);
  }

  private static DeadLetter letter(
      ConsumerRecord<byte[], byte[]> record, Place place, Map<Place, String> tenants) {
    String reason = header(record, DeadLetters.REASON);
    String source = header(record, Headers.SOURCE);
    return new DeadLetter(
        tenants.getOrDefault(place, DeadLetter.NOBODY),
        UuidCreator.getTimeOrderedEpoch(),
        place,
        reason == null ? "UNKNOWN" : reason,
        source == null || !source.startsWith(SERVICES) ? null : source.substring(SERVICES.length()),
        Instant.ofEpochMilli(record.timestamp()),
        null);
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    byte[] value = Records.header(record.headers(), name);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }
}
