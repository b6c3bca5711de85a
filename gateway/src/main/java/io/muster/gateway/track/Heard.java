package io.muster.gateway.track;

import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.gateway.track.watch.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the records of a poll. What isn't what its topic promises goes to the dead letters, so that
 * nothing in the batch can make the database refuse it again and again.
 */
final class Heard {
  /** Refuses a decoded message that can't be counted. */
  interface Check<V> {
    /**
     * @return the reason as a code, null when all is well
     */
    String wrongWith(V value);
  }

  private Heard() {}

  static <V> List<V> read(
      Iterable<ConsumerRecord<byte[], byte[]>> poll,
      Wire<V> wire,
      Check<V> check,
      DeadLetters deadLetters) {
    List<V> heard = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : poll) {
      try {
        V value = wire.decode(record.value());
        String wrong = check.wrongWith(value);
        if (wrong == null) {
          heard.add(value);
        } else {
          deadLetters.put(record, wrong);
        }
      } catch (UnreadableMessage e) {
        deadLetters.put(record, e.getMessage());
      }
    }
    return heard;
  }
}
