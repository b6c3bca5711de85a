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
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics and logins that a newer version of Muster brings to older data, and sets topics
 * that keep their records differently to what the catalogue says.
 */
final class BrokerProvisioning {
  /** SCRAM's least; the passwords are random, so more would only cost start-up time. */
  private static final int ITERATIONS = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(BrokerProvisioning.class);
  private static final long PAUSE_MILLIS = 500;

  private final Supplier<Admin> admins;
  private final Properties logins;

  BrokerProvisioning(Properties settings, Properties logins) {
    this(
        () ->
            Admin.create(
                KafkaLogin.clientProperties(
                    settings.getProperty(BrokerFiles.BOOTSTRAP),
                    BrokerFiles.BROKER_USER,
                    logins.getProperty(BrokerFiles.BROKER_USER))),
        logins);
  }

  BrokerProvisioning(Supplier<Admin> admins, Properties logins) {
    this.admins = admins;
    this.logins = logins;
  }

  /**
   * Returns when all of it is there. What fails is tried again for as long as the process lives: on
   * a busy machine a broker that has just started may not have heard yet of what its controller
   * knows, and one that gave up here would serve nobody and end never.
   */
  void complete() throws InterruptedException {
    while (true) {
      try (Admin admin = admins.get()) {
        Map<String, NewTopic> topics = catalogue();
        Set<String> present = admin.listTopics().names().get();
        makeMissingTopics(admin, topics, present);
        topics.keySet().retainAll(present);
        keepAsTheCatalogueSays(admin, topics);
        makeMissingLogins(admin);
        return;
      } catch (ExecutionException | KafkaException e) {
        Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
        LOG.warn("topics and logins can't be made yet: {}", cause.toString());
        Thread.sleep(PAUSE_MILLIS);
      }
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

  /** They come with the catalogue's settings. */
  private static void makeMissingTopics(
      Admin admin, Map<String, NewTopic> topics, Set<String> present)
      throws ExecutionException, InterruptedException {
    List<NewTopic> missing =
        topics.values().stream().filter(topic -> !present.contains(topic.name())).toList();
    for (KafkaFuture<Void> made : admin.createTopics(missing).values().values()) {
      try {
        made.get();
      } catch (ExecutionException e) {
        // A request whose answer came too late was sent again, and the first had made it.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
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
