package io.muster.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** An HR system that writes to the bus itself, and waits out whatever happens to it. */
final class HrSystem implements AutoCloseable {
  private static final String TOPIC = "muster.hr-events";
  private static final String PREFIX = "kafka.";

  private final KafkaProducer<String, byte[]> producer;
  private final AtomicInteger lost = new AtomicInteger();

  HrSystem(RunningSystem system) {
    Map<String, Object> settings = login(system);
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    // Longer than any part of the system is away.
    settings.put("delivery.timeout.ms", "300000");
    settings.put("linger.ms", "5");
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** Sends an event in structured mode; {@link #flush} waits for it. */
  void tell(String key, String event) {
    var unused =
        producer.send(
            new ProducerRecord<>(TOPIC, key, event.getBytes(StandardCharsets.UTF_8)),
            (metadata, failure) -> {
              if (failure != null) {
                lost.incrementAndGet();
              }
            });
  }

  /** Returns when the broker has all of them. */
  void flush() {
    producer.flush();
    if (lost.get() > 0) {
      throw new AssertionError(lost.get() + " events never came to the broker");
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  /** As docs/hr.md has it: those of a service. */
  private static Map<String, Object> login(RunningSystem system) {
    Properties settings = new Properties();
    try (InputStream file =
        Files.newInputStream(system.data().resolve("services").resolve("gateway.properties"))) {
      settings.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Object> login = new HashMap<>();
    settings.forEach(
        (key, value) -> {
          String name = key.toString();
          if (name.startsWith(PREFIX)) {
            login.put(name.substring(PREFIX.length()), value);
          }
        });
    return login;
  }
}
