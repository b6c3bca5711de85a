package io.muster.deployment.kubernetes;

import io.muster.contracts.topic.Keeping;
import io.muster.contracts.topic.Topic;
import io.muster.contracts.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds topics and logins to the catalogue of topics and to the services' channels. */
final class Bus {
  private Bus() {}

  /** Topics that are missing, superfluous, or kept or divided differently. */
  static List<String> wrongTopics(Manifests manifests) {
    Map<String, String> expected = new TreeMap<>();
    for (Topic<?> topic : Topics.all()) {
      expected.put(topic.name(), settings(topic.partitions(), topic.keeping()));
      expected.put(topic.deadLetters(), settings(1, Topics.deadLetters()));
    }
    Map<String, String> found =
        manifests.ofKind("KafkaTopic").stream()
            .collect(
                Collectors.toMap(
                    topic -> topic.at("metadata").text("name"),
                    topic -> settings(topic.at("spec")),
                    (one, other) -> "twice",
                    TreeMap::new));
    List<String> wrong = new ArrayList<>();
    Set<String> names = new TreeSet<>(expected.keySet());
    names.addAll(found.keySet());
    for (String name : names) {
      String should = expected.getOrDefault(name, "none");
      String is = found.getOrDefault(name, "none");
      if (!should.equals(is)) {
        wrong.add(name + " is " + is + ", must be " + should);
      }
    }
    return wrong;
  }

  private static String settings(int partitions, Keeping keeping) {
    return partitions + " partitions " + new TreeMap<>(keeping.topicConfig());
  }

  private static String settings(Node spec) {
    Map<String, String> config = new TreeMap<>();
    spec.at("config").fields().forEach((key, value) -> config.put(key, value.text()));
    config.remove("min.insync.replicas");
    return spec.text("partitions") + " partitions " + config;
  }

  /** Topics whose copies are fewer than what an acknowledged write asks for, or fewer than said. */
  static List<String> wrongCopies(Manifests manifests, int replicas, int inSync) {
    return manifests.ofKind("KafkaTopic").stream()
        .map(
            topic ->
                "%s: %s copies, %s in sync"
                    .formatted(
                        topic.at("metadata").text("name"),
                        topic.at("spec").text("replicas"),
                        topic.at("spec").at("config").text("min.insync.replicas")))
        .filter(line -> !line.endsWith(": %d copies, %d in sync".formatted(replicas, inSync)))
        .toList();
  }

  /** What services read or write and may not. */
  static List<String> missingRights(Manifests manifests) {
    List<String> wrong = new ArrayList<>();
    Channels.ofServices()
        .forEach(
            (service, rights) ->
                rights.stream()
                    .filter(right -> !isGranted(manifests, service, right))
                    .forEach(right -> wrong.add(service + " may not " + right)));
    return wrong;
  }

  /** Rights to read or change something that no service's code needs. */
  static List<String> superfluousRights(Manifests manifests) {
    List<String> wrong = new ArrayList<>();
    for (Node user : manifests.ofKind("KafkaUser")) {
      String service = user.at("metadata").text("name");
      Set<Channels.Right> needed = Channels.ofServices().getOrDefault(service, Set.of());
      for (Node acl : user.at("spec").at("authorization").at("acls").items()) {
        Set<String> operations = new TreeSet<>(acl.at("operations").texts());
        // To know that something is there gives nothing away.
        operations.remove("Describe");
        operations.stream()
            .flatMap(operation -> granted(acl, operation))
            .filter(right -> needed.stream().noneMatch(right::covers))
            .forEach(right -> wrong.add(service + " may " + right));
      }
    }
    return wrong;
  }

  /** The topics of a beginning are known; a group of a beginning is one's own. */
  private static Stream<Channels.Right> granted(Node acl, String operation) {
    String type = acl.at("resource").text("type");
    String name = acl.at("resource").text("name");
    return type.equals("topic") && isPrefix(acl)
        ? Channels.topics().stream()
            .filter(topic -> topic.startsWith(name))
            .map(topic -> new Channels.Right(operation, type, topic))
        : Stream.of(new Channels.Right(operation, type, name));
  }

  private static boolean isGranted(Manifests manifests, String service, Channels.Right right) {
    return manifests.ofKind("KafkaUser").stream()
        .filter(user -> user.at("metadata").text("name").equals(service))
        .flatMap(user -> user.at("spec").at("authorization").at("acls").items().stream())
        .filter(acl -> acl.at("operations").texts().contains(right.operation()))
        .anyMatch(
            acl ->
                right.isOf(
                    acl.at("resource").text("type"),
                    acl.at("resource").text("name"),
                    isPrefix(acl)));
  }

  private static boolean isPrefix(Node acl) {
    return "prefix".equals(acl.at("resource").text("patternType"));
  }
}
