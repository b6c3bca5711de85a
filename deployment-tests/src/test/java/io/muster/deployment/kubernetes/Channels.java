package io.muster.deployment.kubernetes;

import io.muster.contracts.topic.Topics;
import io.muster.deployment.Repository;
import io.muster.deployment.configuration.ServiceKeys;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the services' code does on the bus, read from the settings of their channels. */
final class Channels {
  private static final Pattern TOPIC =
      Pattern.compile("mp\\.messaging\\.(incoming|outgoing)\\.(.+)\\.topic");
  private static final String INBOX =
      "command-inbox/src/main/resources/META-INF/microprofile-config.properties";

  private Channels() {}

  /**
   * Something that a service does on the bus.
   *
   * @param operation Read or Write
   * @param type topic or group
   */
  record Right(String operation, String type, String name) {
    boolean isOf(String otherType, String otherName, boolean prefix) {
      return type.equals(otherType)
          && (prefix ? name.startsWith(otherName) : name.equals(otherName));
    }

    /** Whether this is needed for the other: the same, or the beginning of its group's name. */
    boolean covers(Right needed) {
      return operation.equals(needed.operation) && needed.isOf(type, name, type.equals("group"));
    }

    @Override
    public String toString() {
      return operation + " " + type + " " + name;
    }
  }

  /** By the service's name. */
  static Map<String, Set<Right>> ofServices() {
    Map<String, Set<Right>> rights = new TreeMap<>();
    for (String service : ServiceKeys.services()) {
      rights.put(service, of(service));
    }
    return rights;
  }

  private static Set<Right> of(String service) {
    Properties settings = new Properties();
    boolean hasInbox =
        Repository.text(service + "/pom.xml").contains("<artifactId>command-inbox</artifactId>");
    if (hasInbox) {
      load(settings, INBOX);
    }
    load(settings, service + "/src/main/resources/application.properties");
    Set<Right> rights = new LinkedHashSet<>();
    for (String key : settings.stringPropertyNames()) {
      Matcher topic = TOPIC.matcher(key);
      if (topic.matches()) {
        add(rights, service, settings, topic);
      }
    }
    rights.addAll(besideChannels(service));
    return rights;
  }

  /** What no channel tells. */
  private static Set<Right> besideChannels(String service) {
    Set<Right> rights = new LinkedHashSet<>();
    // What became of accounts, with the results.
    if (List.of("user-service", "license-service").contains(service)) {
      rights.add(new Right("Write", "topic", Topics.ACCOUNT_EVENTS.name()));
    }
    switch (service) {
      // Undo, and what follows from a removal, by the producer of the results.
      case "user-service" ->
          rights.add(new Right("Write", "topic", Topics.LICENSE_COMMANDS.name()));
      case "license-service" ->
          rights.add(new Right("Write", "topic", Topics.USER_COMMANDS.name()));
      // Shows what could not be read, and sends it again, wherever it came from.
      case "gateway" ->
          Topics.all()
              .forEach(
                  topic -> {
                    rights.add(new Right("Read", "topic", topic.name()));
                    rights.add(new Right("Write", "topic", topic.name()));
                  });
      default -> {}
    }
    return rights;
  }

  /** All topics that there are, dead letters among them. */
  static Set<String> topics() {
    Set<String> names = new TreeSet<>();
    Topics.all().forEach(topic -> names.addAll(List.of(topic.name(), topic.deadLetters())));
    return names;
  }

  private static void add(Set<Right> rights, String service, Properties settings, Matcher channel) {
    String topic = settings.getProperty(channel.group());
    if (channel.group(1).equals("outgoing")) {
      // A channel of that name only wires a producer; its topic is chosen for each record.
      if (!channel.group(2).equals("dead-letters")) {
        rights.add(new Right("Write", "topic", topic));
      }
      return;
    }
    String group = settings.getProperty("mp.messaging.incoming." + channel.group(2) + ".group.id");
    rights.add(new Right("Read", "group", group.replace("${quarkus.application.name}", service)));
    if ("true".equals(settings.getProperty(channel.group().replaceAll("topic$", "pattern")))) {
      topics().stream()
          .filter(name -> name.matches(topic.replace("\\\\", "\\")))
          .forEach(name -> rights.add(new Right("Read", "topic", name)));
      return;
    }
    rights.add(new Right("Read", "topic", topic));
    // What can't be read of closed jobs is told in the log alone.
    if (settings.containsKey("mp.messaging.outgoing.dead-letters.connector")
        && !channel.group(2).equals("closed-jobs")) {
      rights.add(new Right("Write", "topic", topic + ".dead-letters"));
    }
  }

  private static void load(Properties settings, String file) {
    try {
      settings.load(new StringReader(Repository.text(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
