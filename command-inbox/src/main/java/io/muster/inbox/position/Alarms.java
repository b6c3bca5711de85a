package io.muster.inbox.position;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.inbox.position.StartingPoint.Alarm;
import io.muster.inbox.watch.LogKeys;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Tells operators that Kafka and the database don't agree, by log and by metric. */
@ApplicationScoped
class Alarms {
  private static final Logger LOG = Logger.getLogger(Alarms.class);

  private final MeterRegistry metrics;

  Alarms(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  void raise(Alarm alarm, TopicPartition partition, long offset) {
    metrics.counter("muster.inbox.alarms", "alarm", alarm.name()).increment();
    try (LogKeys keys = LogKeys.of(partition, offset)) {
      LOG.errorf("ALARM %s %s", alarm, keys);
    }
  }
}
