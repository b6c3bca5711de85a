package io.muster.inbox;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.topic.Topic;
import java.util.Objects;

/**
 * A command that follows from another one's outcome.
 *
 * @param topic where it goes
 * @param key on that topic
 * @param id the row that it belongs to
 */
public record Following<V>(Topic<V> topic, String key, V command, CommandId id) {
  public Following {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(id, "id");
  }
}
