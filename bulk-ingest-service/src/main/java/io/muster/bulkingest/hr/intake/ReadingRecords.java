package io.muster.bulkingest.hr.intake;

import io.muster.chassis.hr.ReadingHrEvents;
import io.muster.chassis.hr.UnfitEvent;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.topic.Headers;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Events out of Kafka's records, in binary mode where headers say so, else in structured mode. */
@Singleton
class ReadingRecords {
  private static final String PREFIX = "ce_";

  private final ReadingHrEvents reading = new ReadingHrEvents();

  HrEvent read(ConsumerRecord<byte[], byte[]> record) throws UnfitEvent {
    if (record.headers().lastHeader(Headers.SPEC_VERSION) == null) {
      return reading.structured(record.value());
    }
    Map<String, String> attributes = new HashMap<>();
    for (Header header : record.headers()) {
      if (header.key().startsWith(PREFIX) && header.value() != null) {
        attributes.put(
            header.key().substring(PREFIX.length()),
            new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return reading.binary(attributes, record.value());
  }
}
