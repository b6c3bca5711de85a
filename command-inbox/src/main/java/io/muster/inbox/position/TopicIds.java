package io.muster.inbox.position;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Kafka's ids of topics: a topic that was deleted and made again has the name, not the id. */
@ApplicationScoped
public class TopicIds {
  private final Map<String, Object> kafka;
  private Admin admin;

  TopicIds(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
    this.kafka = kafka;
  }

  /**
   * @throws KafkaException when the broker doesn't answer or knows no such topic
   */
  Map<String, String> of(Collection<String> topics) {
    Map<String, String> ids = new HashMap<>();
    try {
      admin()
          .describeTopics(topics)
          .allTopicNames()
          .get()
          .forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
    } catch (ExecutionException e) {
      throw new KafkaException("can't ask for topic ids", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
    return ids;
  }

  /**
   * @return whether the broker has such a topic
   * @throws KafkaException when the broker doesn't answer
   */
  public boolean exists(String topic) {
    try {
      return !of(java.util.List.of(topic)).isEmpty();
    } catch (KafkaException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  private synchronized Admin admin() {
    if (admin == null) {
      Map<String, Object> settings = new HashMap<>(kafka);
      settings.keySet().retainAll(AdminClientConfig.configNames());
      settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
      settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
      admin = Admin.create(settings);
    }
    return admin;
  }

  synchronized void close(@Observes ShutdownEvent stopping) {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
