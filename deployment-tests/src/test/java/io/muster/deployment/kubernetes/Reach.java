package io.muster.deployment.kubernetes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether network policies let through what pods are told to call, at both ends. */
final class Reach {
  private static final Pattern ADDRESS = Pattern.compile("http://([a-z-]+):\\d+");

  /** The labels that its operator gives to a store's pods, by the name under which it is called. */
  private static final Map<String, Map<String, String>> STORES =
      Map.of(
          "muster-db-rw", Map.of("cnpg.io/cluster", "muster-db"),
          "muster-kafka-bootstrap", Map.of("strimzi.io/cluster", "muster"));

  /** Kubernetes's API server, at the address of its Service and behind it. */
  private static final List<String> API_SERVER = List.of("443", "6443");

  private final Manifests manifests;
  private final List<String> cutOff = new ArrayList<>();

  private Reach(Manifests manifests) {
    this.manifests = manifests;
  }

  /** Calls that a policy at one end or the other doesn't let through. */
  static List<String> cutOff(Manifests manifests) {
    Reach reach = new Reach(manifests);
    manifests.withPods().forEach(reach::look);
    STORES.forEach(
        (name, labels) -> {
          for (String port : API_SERVER) {
            reach.demand(
                reach.rules("Egress", labels).stream()
                    .filter(rule -> isFor(rule, port))
                    .flatMap(rule -> rule.at("to").items().stream())
                    .anyMatch(to -> "0.0.0.0/0".equals(to.at("ipBlock").text("cidr"))),
                name + " doesn't reach the API server at " + port);
          }
        });
    return reach.cutOff;
  }

  private void look(Node workload) {
    String name = workload.at("metadata").text("name");
    Map<String, String> labels = labels(workload);
    Map<String, String> told = manifests.environment(workload);
    told.forEach(
        (key, value) -> {
          Matcher address = ADDRESS.matcher(value == null ? "" : value);
          while (key.startsWith("MUSTER_SERVICES_") && address.find() && !isMigration(workload)) {
            String other = address.group(1);
            manifests.services().stream()
                .filter(service -> service.at("metadata").text("name").equals(other))
                .forEach(service -> both(name, labels, other, labels(service), portOf(service)));
          }
        });
    both(name, labels, "muster-db-rw", STORES.get("muster-db-rw"), "5432");
    demand(asksForNames(labels), name + " can't ask for names");
    if (!isMigration(workload)) {
      // What Kafka hears is said at its listener: Strimzi makes the policy.
      String[] kafka = told.get("KAFKA_BOOTSTRAP_SERVERS").split(":");
      demand(goes(labels, STORES.get(kafka[0]), kafka[1]), name + " may not go to " + kafka[0]);
      demand(kafkaHears(labels, kafka[1]), kafka[0] + " doesn't hear " + name);
    }
  }

  private static boolean isMigration(Node workload) {
    return workload.text("kind").equals("Job");
  }

  private static String portOf(Node service) {
    Node container = Manifests.pod(service).at("containers").items().get(0);
    return container.at("ports").items().get(0).text("containerPort");
  }

  private void both(
      String name, Map<String, String> from, String other, Map<String, String> to, String port) {
    demand(goes(from, to, port), name + " may not go to " + other);
    demand(
        rules("Ingress", to).stream()
            .filter(rule -> isFor(rule, port))
            .flatMap(rule -> rule.at("from").items().stream())
            .anyMatch(peer -> isHere(peer) && selects(peer.at("podSelector"), from)),
        other + " doesn't hear " + name);
  }

  private boolean goes(Map<String, String> from, Map<String, String> to, String port) {
    return rules("Egress", from).stream()
        .filter(rule -> isFor(rule, port))
        .flatMap(rule -> rule.at("to").items().stream())
        .anyMatch(peer -> isHere(peer) && selects(peer.at("podSelector"), to));
  }

  private boolean kafkaHears(Map<String, String> from, String port) {
    return manifests.ofKind("Kafka").stream()
        .flatMap(kafka -> kafka.at("spec").at("kafka").at("listeners").items().stream())
        .filter(listener -> port.equals(listener.text("port")))
        .flatMap(listener -> listener.at("networkPolicyPeers").items().stream())
        .anyMatch(peer -> selects(peer.at("podSelector"), from));
  }

  private boolean asksForNames(Map<String, String> labels) {
    return rules("Egress", labels).stream()
        .filter(rule -> rule.at("to").toString().contains("kube-dns"))
        .flatMap(rule -> rule.at("ports").items().stream())
        .anyMatch(port -> "53".equals(port.text("port")) && "UDP".equals(port.text("protocol")));
  }

  /** Of all policies of that type for such a pod. */
  private List<Node> rules(String type, Map<String, String> labels) {
    return manifests.ofKind("NetworkPolicy").stream()
        .map(policy -> policy.at("spec"))
        .filter(spec -> spec.at("policyTypes").texts().contains(type))
        .filter(spec -> selects(spec.at("podSelector"), labels))
        .flatMap(spec -> spec.at(type.toLowerCase(Locale.ROOT)).items().stream())
        .toList();
  }

  private static boolean isFor(Node rule, String port) {
    List<Node> ports = rule.at("ports").items();
    return ports.isEmpty() || ports.stream().anyMatch(each -> port.equals(each.text("port")));
  }

  private static boolean isHere(Node peer) {
    return !peer.at("podSelector").isMissing() && peer.at("namespaceSelector").isMissing();
  }

  private static boolean selects(Node selector, Map<String, String> labels) {
    boolean byLabels =
        selector.at("matchLabels").fields().entrySet().stream()
            .allMatch(each -> each.getValue().text().equals(labels.get(each.getKey())));
    return byLabels
        && selector.at("matchExpressions").items().stream()
            .allMatch(
                each ->
                    "In".equals(each.text("operator"))
                        && each.at("values").texts().contains(labels.get(each.text("key"))));
  }

  private static Map<String, String> labels(Node workload) {
    Map<String, String> labels = new HashMap<>();
    workload
        .at("spec")
        .at("template")
        .at("metadata")
        .at("labels")
        .fields()
        .forEach((key, value) -> labels.put(key, value.text()));
    return labels;
  }

  private void demand(boolean met, String otherwise) {
    if (!met) {
      cutOff.add(otherwise);
    }
  }
}
