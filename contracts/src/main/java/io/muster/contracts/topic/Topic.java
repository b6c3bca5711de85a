package io.muster.contracts.topic;

import java.util.Objects;

/**
 * A Kafka topic: name, number of partitions, the record that its values are in JSON, and how long
 * it keeps them.
 *
 * @param <V> the value's type
 */
public record Topic<V>(String name, int partitions, Class<V> value, Keeping keeping) {
  public Topic {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(keeping, "keeping");
    if (partitions < 1) {
      throw new IllegalArgumentException("a topic has partitions");
    }
  }

  /** Where what can't be read ends up. */
  public String deadLetters() {
    return name + ".dead-letters";
  }
}
