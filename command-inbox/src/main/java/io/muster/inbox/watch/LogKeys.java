package io.muster.inbox.watch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.MDC;

/** Fixed keys of a log event, for as long as this is open; {@link #toString()} for plain logs. */
public final class LogKeys implements AutoCloseable {
  private final Map<String, Object> keys;

  private LogKeys(Map<String, Object> keys) {
    this.keys = keys;
    keys.forEach(MDC::put);
  }

  /** Keys {@code topic}, {@code partition} and {@code offset}. */
  public static LogKeys of(TopicPartition partition, long offset) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("topic", partition.topic());
    keys.put("partition", partition.partition());
    keys.put("offset", offset);
    return new LogKeys(keys);
  }

  @Override
  public void close() {
    keys.keySet().forEach(MDC::remove);
  }

  @Override
  public String toString() {
    return keys.toString();
  }
}
