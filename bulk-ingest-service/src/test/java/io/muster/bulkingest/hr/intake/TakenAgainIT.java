package io.muster.bulkingest.hr.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.Tenant;
import io.muster.contracts.topic.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Kafka tells records again after a crash: the same receipt, and no repeat of an event. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class TakenAgainIT {
  /** No partition of the topic, so that its position is in nobody's way. */
  private static final TopicPartition ELSEWHERE = new TopicPartition(Topics.HR_EVENTS.name(), 99);

  @Inject TakingEvents taking;

  private final Tenant tenant = new Tenant("taken-again");

  @Test
  void aRecordThatComesAgainIsNoReceiptAndTheSameEventElsewhereIsADuplicate() {
    // Paused, nobody has to be asked.
    Tenant.change(
        "INSERT INTO hr_feed (tenant_id, paused_at, paused_because) VALUES (?, now(), 'By a test.')",
        tenant.name());

    taking.take(batch(7));
    taking.take(batch(7));
    taking.take(batch(7, 8));

    assertThat(receipts()).containsExactly("7 WAITING RELEASE", "8 DUPLICATE");
  }

  private ConsumerRecords<byte[], byte[]> batch(long... offsets) {
    List<ConsumerRecord<byte[], byte[]>> records =
        LongStream.of(offsets)
            .mapToObj(
                offset ->
                    new ConsumerRecord<>(
                        ELSEWHERE.topic(), ELSEWHERE.partition(), offset, new byte[0], event()))
            .toList();
    return new ConsumerRecords<>(Map.of(ELSEWHERE, records), Map.of());
  }

  private byte[] event() {
    return """
        {"specversion":"1.0","id":"1","source":"/hr","type":"io.muster.hr.changed","time":"2024-01-08T08:00:00Z",
         "data":{"tenant":"%s","employeeId":"1","department":"Sales"}}"""
        .formatted(tenant.name())
        .getBytes(StandardCharsets.UTF_8);
  }

  private List<String> receipts() {
    return tenant.texts(
        "SELECT concat_ws(' ', topic_offset, disposition, reason) FROM hr_event WHERE tenant_id = ? ORDER BY number");
  }
}
