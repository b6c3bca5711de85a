package io.muster.bulkingest.dispatch.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Headers;
import io.muster.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ToldRowsTest {
  private static final UUID JOB = UUID.fromString("01990000-0000-7000-8000-000000000001");

  @Test
  void oneRowIsToldByTheId() {
    ToldRows told = ToldRows.by(Records.resultId(JOB, 17, Part.LICENSE), record(null, "not read"));

    assertThat(told).isEqualTo(new ToldRows(JOB, Part.LICENSE, List.of(17L)));
  }

  @Test
  void manyRowsAreToldByTheValue() {
    RowResult many =
        new RowResult(
            "contoso",
            JOB,
            3,
            Part.USER,
            PartOutcome.APPLIED,
            null,
            null,
            Set.of(Part.USER),
            List.of(3L, 4L, 9L));
    String value = new String(Wire.of(Topics.ROW_RESULTS).encode(many), StandardCharsets.UTF_8);

    ToldRows told = ToldRows.by(Records.resultId(JOB, 3, 9, Part.USER), record("3", value));

    assertThat(told).isEqualTo(new ToldRows(JOB, Part.USER, List.of(3L, 4L, 9L)));
  }

  @Test
  void whatIsNoneOfOursTellsOfNoRow() {
    assertThat(ToldRows.by("garbage", record(null, "garbage")).rows()).isEmpty();
    assertThat(ToldRows.by("a/b/c", record(null, "garbage")).rows()).isEmpty();
    assertThat(ToldRows.by(JOB + "/3-9/USER", record(null, "garbage")).rows()).isEmpty();
    assertThat(ToldRows.by(JOB + "/3-9/USER", record("3", "garbage")).rows()).isEmpty();
  }

  private static ConsumerRecord<String, byte[]> record(String rows, String value) {
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(
            Topics.ROW_RESULTS.name(), 0, 0, "key", value.getBytes(StandardCharsets.UTF_8));
    if (rows != null) {
      record.headers().add(Headers.ROWS, rows.getBytes(StandardCharsets.US_ASCII));
    }
    return record;
  }
}
