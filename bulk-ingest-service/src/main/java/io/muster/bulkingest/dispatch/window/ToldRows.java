package io.muster.bulkingest.dispatch.window;

import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.Part;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Headers;
import io.muster.contracts.topic.Topics;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Of which rows' part a result tells.
 *
 * @param rows none, with neither job nor part, where it isn't one of ours: the value's reader sends
 *     it to the dead letters, here it counts nothing
 */
record ToldRows(UUID jobId, Part part, List<Long> rows) {
  private static final Wire<RowResult> WIRE = Wire.of(Topics.ROW_RESULTS);
  private static final ToldRows NOBODYS = new ToldRows(null, null, List.of());

  /**
   * Goes by the id alone where there is one row.
   *
   * @param id {@code job/row/PART} of one row
   */
  static ToldRows by(String id, ConsumerRecord<String, byte[]> result) {
    try {
      if (Records.header(result.headers(), Headers.ROWS) == null) {
        return byId(id);
      }
      RowResult many = WIRE.decode(result.value());
      return new ToldRows(many.jobId(), many.part(), many.allRows());
    } catch (IllegalArgumentException | UnreadableMessage e) {
      return NOBODYS;
    }
  }

  private static ToldRows byId(String id) {
    int first = id.indexOf('/');
    int second = id.indexOf('/', first + 1);
    if (first < 0 || second < 0) {
      return NOBODYS;
    }
    return new ToldRows(
        UUID.fromString(id.substring(0, first)),
        Part.valueOf(id.substring(second + 1)),
        List.of(Long.parseLong(id, first + 1, second, 10)));
  }
}
