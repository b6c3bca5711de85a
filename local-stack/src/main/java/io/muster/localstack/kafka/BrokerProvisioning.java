package io.muster.localstack.kafka;

import io.muster.contracts.topic.Keeping;
import io.muster.contracts.topic.Topic;
import io.muster.contracts.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Makes the topics and logins that a newer version of Muster brings to older data, and sets topics
 * that keep their records differently to what the catalogue says.
 */
final class BrokerProvisioning {
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
      Map<String, NewTopic> topics = catalogue();
      makeMissingTopics(admin, topics);
      keepAsTheCatalogueSays(admin, topics);
      makeMissingLogins(admin);
    }
  }

  private static Map<String, NewTopic> catalogue() {
    Map<String, NewTopic> topics = new LinkedHashMap<>();
    for (Topic<?> topic : Topics.all()) {
      add(topics, topic.name(), topic.partitions(), topic.keeping());
      add(topics, topic.deadLetters(), 1, Topics.deadLetters());
    }
    return topics;
  }

  private static void add(
      Map<String, NewTopic> topics, String name, int partitions, Keeping keeping) {
    topics.put(name, new NewTopic(name, partitions, (short) 1).configs(keeping.topicConfig()));
  }

  private static void makeMissingTopics(Admin admin, Map<String, NewTopic> topics)
      throws ExecutionException, InterruptedException {
    Set<String> present = admin.listTopics().names().get();
    List<NewTopic> missing =
        topics.values().stream().filter(topic -> !present.contains(topic.name())).toList();
    if (!missing.isEmpty()) {
      admin.createTopics(missing).all().get();
    }
  }

  private static void keepAsTheCatalogueSays(Admin admin, Map<String, NewTopic> topics)
      throws ExecutionException, InterruptedException {
    Map<ConfigResource, Config> present =
        admin
            .describeConfigs(
                topics.keySet().stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList())
            .all()
            .get();
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    present.forEach(
        (topic, config) -> {
          List<AlterConfigOp> different =
              topics.get(topic.name()).configs().entrySet().stream()
                  .filter(wanted -> !wanted.getValue().equals(config.get(wanted.getKey()).value()))
                  .map(wanted -> new ConfigEntry(wanted.getKey(), wanted.getValue()))
                  .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                  .toList();
          if (!different.isEmpty()) {
            changes.put(topic, different);
          }
        });
    if (!changes.isEmpty()) {
      admin.incrementalAlterConfigs(changes).all().get();
    }
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
