package io.muster.deployment.kubernetes;

import io.muster.deployment.configuration.ServiceKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether what is named is there: keys, addresses, ports, probes, config maps and secrets. */
final class Wiring {
  private static final Pattern ADDRESS = Pattern.compile("http://([a-z-]+):(\\d+)");

  /** Secrets that the operators make. */
  private static final Set<String> MADE_BY_OTHERS =
      Set.of("muster-db-ca", "muster-cluster-ca-cert");

  /** Beside those of the databases' roles, which the manifests themselves name. */
  static final Set<String> MADE_BY_THE_SCRIPT = Set.of("service-tokens");

  private final Manifests manifests;
  private final List<String> wrong = new ArrayList<>();

  private Wiring(Manifests manifests) {
    this.manifests = manifests;
  }

  /** Configuration that no code reads, or that a service doesn't start without. */
  static List<String> wrongKeys(Manifests manifests) {
    Wiring wiring = new Wiring(manifests);
    manifests.withPods().forEach(wiring::keys);
    Set<String> running = names(manifests.services());
    Set<String> missing = new TreeSet<>(ServiceKeys.services());
    missing.removeAll(running);
    missing.forEach(service -> wiring.wrong.add(service + " does not run"));
    return wiring.wrong;
  }

  private void keys(Node workload) {
    String name = workload.at("metadata").text("name");
    String service = name.replaceFirst("-migration$", "");
    Set<String> given = manifests.environment(workload).keySet();
    ServiceKeys.unknown(service, given).forEach(key -> wrong.add(name + ": nothing reads " + key));
    // A migration doesn't start without them either, although it uses none.
    Set<String> missing = new TreeSet<>(ServiceKeys.required(service));
    missing.removeAll(given);
    missing.forEach(key -> wrong.add(name + ": must be told " + key));
  }

  /** Addresses, services and probes that lead nowhere. */
  static List<String> wrongPorts(Manifests manifests) {
    Wiring wiring = new Wiring(manifests);
    for (Node workload : manifests.withPods()) {
      manifests.environment(workload).values().forEach(value -> wiring.address(workload, value));
      Node container = Manifests.pod(workload).at("containers").items().get(0);
      Set<String> ports =
          container.at("ports").items().stream()
              .flatMap(port -> Stream.of(port.text("name"), port.text("containerPort")))
              .collect(Collectors.toSet());
      container
          .fields()
          .forEach(
              (field, probe) -> {
                if (field.endsWith("Probe") && !ports.contains(probe.at("httpGet").text("port"))) {
                  wiring.wrong.add(Manifests.name(workload) + ": no port for its " + field);
                }
              });
    }
    for (Node service : manifests.ofKind("Service")) {
      Map<String, Node> selector = service.at("spec").at("selector").fields();
      boolean selects =
          manifests.services().stream()
              .map(workload -> workload.at("spec").at("template").at("metadata").at("labels"))
              .anyMatch(labels -> labels.fields().entrySet().containsAll(selector.entrySet()));
      if (!selects) {
        wiring.wrong.add(Manifests.name(service) + " selects nobody");
      }
    }
    return wiring.wrong;
  }

  private void address(Node workload, String value) {
    Matcher address = ADDRESS.matcher(value == null ? "" : value);
    while (address.find()) {
      if (!isHeard(manifests, address.group(1), address.group(2))) {
        wrong.add(Manifests.name(workload) + ": nobody listens at " + address.group());
      }
    }
  }

  /** Whether a Service has that port. */
  static boolean isHeard(Manifests manifests, String name, String number) {
    return manifests.ofKind("Service").stream()
        .filter(service -> service.at("metadata").text("name").equals(name))
        .flatMap(service -> service.at("spec").at("ports").items().stream())
        .anyMatch(port -> port.text("port").equals(number));
  }

  /** Secrets with a value, passwords beside them, and names of secrets that nobody makes. */
  static List<String> wrongSecrets(Manifests manifests) {
    Wiring wiring = new Wiring(manifests);
    for (Node secret : manifests.ofKind("Secret")) {
      wiring.wrong.add(Manifests.name(secret) + " stands in the manifests");
    }
    Set<String> made = new TreeSet<>(MADE_BY_OTHERS);
    manifests.ofKind("KafkaUser").forEach(u -> made.add("kafka-" + u.at("metadata").text("name")));
    made.addAll(rolesSecrets(manifests));
    made.addAll(MADE_BY_THE_SCRIPT);
    for (Node workload : manifests.withPods()) {
      String name = Manifests.name(workload);
      manifests
          .environment(workload)
          .forEach(
              (key, value) -> {
                if (value != null
                    && (key.matches(".*(PASSWORD|JAAS|TOKENS_KEYS).*") || key.endsWith("TOKEN"))
                    && !key.startsWith("MUSTER_PASSWORDS_")) {
                  wiring.wrong.add(name + ": " + key + " has a value of its own");
                }
              });
      wiring.references(workload).stream()
          .filter(secret -> !made.contains(secret))
          .forEach(secret -> wiring.wrong.add(name + ": nobody makes the secret " + secret));
    }
    return wiring.wrong;
  }

  private List<String> references(Node workload) {
    Node pod = Manifests.pod(workload);
    return Stream.concat(
            pod.at("volumes").items().stream()
                .map(volume -> volume.at("secret").text("secretName")),
            pod.at("containers").items().stream()
                .flatMap(container -> container.at("env").items().stream())
                .map(v -> v.at("valueFrom").at("secretKeyRef").text("name")))
        .filter(secret -> secret != null)
        .distinct()
        .toList();
  }

  /** The secrets of the databases' roles: {@code k8s/secrets} makes them. */
  static Set<String> rolesSecrets(Manifests manifests) {
    return manifests.ofKind("Cluster").stream()
        .flatMap(cluster -> cluster.at("spec").at("managed").at("roles").items().stream())
        .map(role -> role.at("passwordSecret").text("name"))
        .filter(secret -> secret != null)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(List<Node> manifests) {
    return manifests.stream().map(m -> m.at("metadata").text("name")).collect(Collectors.toSet());
  }
}
