package io.muster.deployment.kubernetes;

import io.muster.deployment.Program;
import io.muster.deployment.Repository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Rendered manifests; {@code docs/decisions/0033-what-runs-on-kubernetes.md}.
 *
 * @param all in the order in which they were rendered
 */
record Manifests(List<Node> all) {
  private static final List<String> WITH_PODS = List.of("Deployment", "StatefulSet", "Job");

  /** By the folder. Each rendering takes a second, and nothing changes between the tests. */
  private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

  Manifests {
    all = List.copyOf(all);
  }

  /** What {@code kubectl kustomize} makes of a folder below {@code k8s/}, once in each run. */
  static String render(String folder) {
    Program.require("kubectl");
    return RENDERED.computeIfAbsent(folder, Manifests::renderAnew);
  }

  private static String renderAnew(String folder) {
    Program.Ended rendered =
        Program.run(Repository.ROOT, Map.of(), List.of("kubectl", "kustomize", "k8s/" + folder));
    if (rendered.code() != 0) {
      throw new AssertionError("k8s/" + folder + " does not render: " + rendered.output());
    }
    return rendered.output();
  }

  static Manifests of(String text) {
    List<Node> all = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
      all.add(new Node(document));
    }
    return new Manifests(all);
  }

  List<Node> ofKind(String kind) {
    return all.stream().filter(manifest -> manifest.text("kind").equals(kind)).toList();
  }

  List<Node> withPods() {
    return all.stream().filter(manifest -> WITH_PODS.contains(manifest.text("kind"))).toList();
  }

  /** Those that run a service for as long as it goes. */
  List<Node> services() {
    return withPods().stream().filter(manifest -> !manifest.text("kind").equals("Job")).toList();
  }

  /** {@code Deployment gateway}. */
  static String name(Node manifest) {
    return manifest.text("kind") + " " + manifest.at("metadata").text("name");
  }

  /**
   * The variables of a pod's container: those of its config maps, and over them its own. What comes
   * from a secret or the pod itself has the value null.
   */
  Map<String, String> environment(Node workload) {
    Node container = pod(workload).at("containers").items().get(0);
    Map<String, String> values = new LinkedHashMap<>();
    for (Node source : container.at("envFrom").items()) {
      String map = source.at("configMapRef").text("name");
      ofKind("ConfigMap").stream()
          .filter(config -> config.at("metadata").text("name").equals(map))
          .forEach(config -> config.at("data").fields().forEach((k, v) -> values.put(k, v.text())));
    }
    container
        .at("env")
        .items()
        .forEach(variable -> values.put(variable.text("name"), variable.at("value").text()));
    return values;
  }

  static Node pod(Node workload) {
    return workload.at("spec").at("template").at("spec");
  }
}
