package io.muster.inbox.report;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Collects what the broker says to many records; only the first failure counts. */
final class Acknowledgements implements Callback {
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  @Override
  public void onCompletion(RecordMetadata metadata, Exception exception) {
    if (exception != null) {
      failure.compareAndSet(null, exception);
    }
  }

  /** The rest needn't be tried: all of them are to be sent again. */
  boolean failed() {
    return failure.get() != null;
  }

  /** To be called after a flush. Kafka's text names a topic that is missing, and never a value. */
  void check() {
    Exception failed = failure.get();
    if (failed != null) {
      throw new KafkaException("a record was not acknowledged: " + failed.getMessage(), failed);
    }
  }
}
