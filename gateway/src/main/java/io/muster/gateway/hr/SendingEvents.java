package io.muster.gateway.hr;

import io.muster.chassis.hr.ReadingHrEvents;
import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.job.RequestCode;
import io.muster.contracts.topic.Headers;
import io.muster.contracts.topic.Topics;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/** Puts events on the topic, where those of systems with Kafka are as well. Thread-safe. */
@ApplicationScoped
class SendingEvents {
  private static final String CHANNEL = "hr-events";
  private static final byte[] STRUCTURED =
      "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.US_ASCII);
  private static final Logger LOG = Logger.getLogger(SendingEvents.class);

  private final KafkaClientService clients;
  private final HrEventsConfig config;
  private final Semaphore calls;

  /**
   * @param wiresTheChannel makes the channel's producer; events go to its client, many at a time
   */
  SendingEvents(
      KafkaClientService clients,
      HrEventsConfig config,
      @Channel(CHANNEL) Emitter<byte[]> wiresTheChannel) {
    this.clients = clients;
    this.config = config;
    this.calls = new Semaphore(config.maxCalls());
  }

  /**
   * Returns when all brokers have all of them. Blocks.
   *
   * @throws RequestRefused TOO_MANY_REQUESTS when too many calls do so at once; UNAVAILABLE when
   *     Kafka is away, and then some of them may be there: they count once when they come again
   */
  void send(List<HrEvent> events) {
    if (!calls.tryAcquire()) {
      throw RequestRefused.because(
              RequestCode.TOO_MANY_REQUESTS,
              "More calls with events of HR are under way than this gateway takes at a time: try"
                  + " again after Retry-After seconds, and put more events into each.")
          .with(Problem.RETRY_AFTER, 1);
    }
    try {
      Producer<String, byte[]> producer = clients.<String, byte[]>getProducer(CHANNEL).unwrap();
      List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
      for (HrEvent event : events) {
        sent.add(producer.send(record(event)));
      }
      long deadline = System.nanoTime() + config.patience().toNanos();
      for (Future<RecordMetadata> each : sent) {
        each.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away(e);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw away(e);
    } finally {
      calls.release();
    }
  }

  private static RequestRefused away(Exception e) {
    LOG.warnf("events of HR can't be put on their topic: %s", e.getClass().getSimpleName());
    return RequestRefused.because(
        RequestCode.UNAVAILABLE,
        "The events could not be stored just now. Send all of them again in a moment: each counts"
            + " once.");
  }

  private static ProducerRecord<String, byte[]> record(HrEvent event) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Headers.CONTENT_TYPE, STRUCTURED);
    return new ProducerRecord<>(
        Topics.HR_EVENTS.name(), null, event.key(), ReadingHrEvents.write(event), headers);
  }
}
