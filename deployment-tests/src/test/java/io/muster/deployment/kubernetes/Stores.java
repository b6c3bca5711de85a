package io.muster.deployment.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What Kafka and PostgreSQL are told that their operators don't see to by themselves. */
final class Stores {
  private static final Map<String, Long> UNITS =
      Map.of("MB", 1L << 20, "GB", 1L << 30, "Mi", 1L << 20, "Gi", 1L << 30);

  /** Of a volume of Kafka; beyond it lie segments that are written or are about to be deleted. */
  private static final double FILLED = 0.8;

  /** What poolers don't have, too. */
  private static final Set<String> OF_INSTANCES_AND_THEIR_JOBS =
      Set.of("cnpg.io/cluster", "cnpg.io/instanceName");

  private Stores() {}

  /** Databases of which a commit may be lost with one machine. */
  static List<String> losing(Manifests manifests) {
    List<String> losing = new ArrayList<>();
    List<Node> clusters = manifests.ofKind("Cluster");
    if (clusters.size() != 1) {
      losing.add("there are " + clusters.size() + " clusters");
    }
    for (Node cluster : clusters) {
      Node synchronous = cluster.at("spec").at("postgresql").at("synchronous");
      if (!"required".equals(synchronous.text("dataDurability"))) {
        losing.add("a commit needs no second machine");
      }
      if (!"true".equals(synchronous.text("failoverQuorum"))) {
        losing.add("who lacks commits may be made primary");
      }
      if (!"3".equals(cluster.at("spec").text("instances"))) {
        losing.add("there aren't three instances");
      }
    }
    return losing;
  }

  /** Copies that may come to lie on one machine, where they are lost together. */
  static List<String> together(Manifests manifests) {
    List<String> together = new ArrayList<>();
    for (Node pool : manifests.ofKind("KafkaNodePool")) {
      Node spec = pool.at("spec");
      boolean apart =
          spec.at("template").at("pod").at("topologySpreadConstraints").items().stream()
              .filter(spread -> "DoNotSchedule".equals(spread.text("whenUnsatisfiable")))
              .filter(spread -> selects(spread, spec.at("roles").texts()))
              .anyMatch(spread -> "kubernetes.io/hostname".equals(spread.text("topologyKey")));
      if (!apart && !"1".equals(spec.text("replicas"))) {
        together.add("Kafka's " + pool.at("metadata").text("name"));
      }
    }
    for (Node cluster : manifests.ofKind("Cluster")) {
      if (!"required".equals(cluster.at("spec").at("affinity").text("podAntiAffinityType"))
          && !"1".equals(cluster.at("spec").text("instances"))) {
        together.add("PostgreSQL's " + cluster.at("metadata").text("name"));
      }
    }
    return together;
  }

  private static boolean selects(Node spread, List<String> roles) {
    Map<String, Node> labels = spread.at("labelSelector").at("matchLabels").fields();
    return labels.containsKey("strimzi.io/cluster")
        && roles.stream().anyMatch(role -> labels.containsKey("strimzi.io/" + role + "-role"));
  }

  /**
   * Spreading that lets a volume be made where its instance may not go. CloudNativePG fills each
   * volume by a Job under the same constraints as the instance, but a Job is no {@code
   * cnpg.io/podRole: instance}: it wouldn't count itself, and may go to a zone that has an
   * instance.
   */
  static List<String> unplaceable(Manifests manifests) {
    List<String> unplaceable = new ArrayList<>();
    for (Node cluster : manifests.ofKind("Cluster")) {
      for (Node spread : cluster.at("spec").at("topologySpreadConstraints").items()) {
        Node selector = spread.at("labelSelector");
        Set<String> selected = new TreeSet<>(selector.at("matchLabels").fields().keySet());
        selector.at("matchExpressions").items().forEach(each -> selected.add(each.text("key")));
        if (!OF_INSTANCES_AND_THEIR_JOBS.equals(selected)) {
          unplaceable.add("spread over " + spread.text("topologyKey") + " counts by " + selected);
        }
      }
    }
    return unplaceable;
  }

  /** Images of PostgreSQL that go by another name tomorrow, or that are no longer made soon. */
  static List<String> wrongImages(Manifests manifests) {
    return manifests.ofKind("Cluster").stream()
        .map(cluster -> cluster.at("spec").text("imageName"))
        .filter(image -> !image.matches(".+:\\d+\\.\\d+-(minimal|standard)-[a-z]+"))
        .toList();
  }

  /** Volumes that what is kept on them doesn't fit on. */
  static List<String> overflowing(Manifests manifests) {
    List<String> overflowing = new ArrayList<>();
    long kept =
        manifests.ofKind("KafkaTopic").stream()
            .map(topic -> topic.at("spec"))
            .mapToLong(
                spec ->
                    Long.parseLong(spec.text("partitions"))
                        * Long.parseLong(spec.at("config").text("retention.bytes")))
            .sum();
    for (Node pool : manifests.ofKind("KafkaNodePool")) {
      long volume =
          pool.at("spec").at("storage").at("volumes").items().stream()
              .mapToLong(each -> bytes(each.text("size")))
              .sum();
      if (pool.at("spec").at("roles").texts().contains("broker") && kept > volume * FILLED) {
        overflowing.add("topics keep %d GiB of %d".formatted(kept >> 30, volume >> 30));
      }
    }
    for (Node cluster : manifests.ofKind("Cluster")) {
      Node parameters = cluster.at("spec").at("postgresql").at("parameters");
      String forCopies = parameters.text("max_slot_wal_keep_size");
      Node volume = cluster.at("spec").at("walStorage").at("size");
      if (!volume.isMissing()
          && (forCopies == null
              || bytes(parameters.text("max_wal_size")) + bytes(forCopies)
                  > bytes(volume.text()))) {
        overflowing.add("PostgreSQL's log keeps more than " + volume.text());
      }
    }
    return overflowing;
  }

  /** Of {@code 8GB} or {@code 8Gi}, which are the same. */
  static long bytes(String size) {
    String unit = size.substring(size.length() - 2);
    return Long.parseLong(size.substring(0, size.length() - 2)) * UNITS.get(unit);
  }

  /** Pods of the operators' making that ask for nothing and are bound by nothing. */
  static List<String> unbounded(Manifests manifests) {
    List<String> unbounded = new ArrayList<>();
    for (String kind : List.of("KafkaNodePool", "Cluster")) {
      for (Node store : manifests.ofKind(kind)) {
        check(Manifests.name(store), store.at("spec"), unbounded);
      }
    }
    for (Node kafka : manifests.ofKind("Kafka")) {
      kafka
          .at("spec")
          .at("entityOperator")
          .fields()
          .forEach((operator, its) -> check(operator, its, unbounded));
    }
    return unbounded;
  }

  private static void check(String name, Node spec, List<String> unbounded) {
    Node resources = spec.at("resources");
    if (resources.at("limits").at("memory").isMissing()
        || resources.at("requests").at("cpu").isMissing()) {
      unbounded.add(name);
    }
  }

  /** What keeps a node from being drained although nothing is lost by it. */
  static List<String> undrainable(Manifests manifests) {
    List<String> undrainable = new ArrayList<>();
    for (Node budget : manifests.ofKind("PodDisruptionBudget")) {
      if (!"AlwaysAllow".equals(budget.at("spec").text("unhealthyPodEvictionPolicy"))
          || !"1".equals(budget.at("spec").text("maxUnavailable"))) {
        undrainable.add(budget.at("metadata").text("name"));
      }
    }
    for (Node cluster : manifests.ofKind("Cluster")) {
      if ("1".equals(cluster.at("spec").text("instances"))
          && !"false".equals(cluster.at("spec").text("enablePDB"))) {
        undrainable.add(cluster.at("metadata").text("name"));
      }
    }
    return undrainable;
  }
}
