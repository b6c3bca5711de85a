package io.muster.localstack.kafka;

import io.muster.contracts.topic.Topic;
import io.muster.contracts.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.config.TopicConfig;

/** Makes the topics and logins that a newer version of Muster brings to older data. */
final class BrokerProvisioning {
  /**
   * A command inbox may forget a job only when its commands can't be read again: keep it longer
   * than this. Seven days.
   */
  static final long RETENTION_MS = 7L * 24 * 60 * 60 * 1000;

  /** SCRAM's least; the passwords are random, so more would only cost start-up time. */
  private static final int ITERATIONS = 4096;

  private final Properties settings;
  private final Properties logins;

  BrokerProvisioning(Properties settings, Properties logins) {
    this.settings = settings;
    this.logins = logins;
  }

  void complete() throws ExecutionException, InterruptedException {
    try (Admin admin =
        Admin.create(
            KafkaLogin.clientProperties(
                settings.getProperty(BrokerFiles.BOOTSTRAP),
                BrokerFiles.BROKER_USER,
                logins.getProperty(BrokerFiles.BROKER_USER)))) {
      makeMissingTopics(admin);
      makeMissingLogins(admin);
    }
  }

  private static void makeMissingTopics(Admin admin)
      throws ExecutionException, InterruptedException {
    Set<String> present = admin.listTopics().names().get();
    List<NewTopic> missing = new ArrayList<>();
    for (Topic<?> topic : Topics.all()) {
      if (!present.contains(topic.name())) {
        missing.add(newTopic(topic.name(), topic.partitions()));
      }
      if (!present.contains(topic.deadLetters())) {
        missing.add(newTopic(topic.deadLetters(), 1)); // few, and read by people
      }
    }
    if (!missing.isEmpty()) {
      admin.createTopics(missing).all().get();
    }
  }

  private static NewTopic newTopic(String name, int partitions) {
    return new NewTopic(name, partitions, (short) 1)
        .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(RETENTION_MS)));
  }

  private void makeMissingLogins(Admin admin) throws ExecutionException, InterruptedException {
    Set<String> present = admin.describeUserScramCredentials().all().get().keySet();
    List<UserScramCredentialAlteration> missing = new ArrayList<>();
    for (String user : logins.stringPropertyNames()) {
      if (!present.contains(user)) {
        missing.add(
            new UserScramCredentialUpsertion(
                user,
                new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                logins.getProperty(user)));
      }
    }
    if (!missing.isEmpty()) {
      admin.alterUserScramCredentials(missing).all().get();
    }
  }
}
