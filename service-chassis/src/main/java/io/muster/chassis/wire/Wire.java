package io.muster.chassis.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.muster.contracts.topic.Topic;
import java.io.IOException;

/**
 * A topic's values as bytes: JSON, nulls left out, unknown fields ignored, so that fields can be
 * added while old and new services run side by side. Thread-safe.
 *
 * @param <V> the topic's value
 */
public final class Wire<V> {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private final ObjectReader reader;
  private final ObjectWriter writer;

  private Wire(Class<V> type) {
    this.reader = JSON.readerFor(type);
    this.writer = JSON.writerFor(type);
  }

  /** The codec of a topic. */
  public static <V> Wire<V> of(Topic<V> topic) {
    return new Wire<>(topic.value());
  }

  /** The same codec for a record that travels between services by HTTP or rests in a table. */
  public static <V> Wire<V> of(Class<V> type) {
    return new Wire<>(type);
  }

  /**
   * @return UTF-8 JSON
   */
  public byte[] encode(V value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of the contracts can't be written as JSON", e);
    }
  }

  /**
   * @throws UnreadableMessage when the bytes aren't JSON of this type; its text holds no value
   */
  public V decode(byte[] bytes) throws UnreadableMessage {
    if (bytes == null) {
      throw new UnreadableMessage("EMPTY");
    }
    try {
      V value = reader.readValue(bytes);
      if (value == null) {
        throw new UnreadableMessage("EMPTY");
      }
      return value;
    } catch (JsonProcessingException e) {
      // Neither Jackson's text nor its cause: both quote the value, and dead letters keep texts.
      throw new UnreadableMessage("NOT_THE_CONTRACTS_JSON");
    } catch (IOException e) {
      throw new UnreadableMessage("NOT_READABLE");
    }
  }
}
