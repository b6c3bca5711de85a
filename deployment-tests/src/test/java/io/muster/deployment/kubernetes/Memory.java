package io.muster.deployment.kubernetes;

import io.muster.deployment.containers.Processors;
import java.util.ArrayList;
import java.util.List;

/** Whether what a service may come to take fits into its container's limit, on any node. */
final class Memory {
  private Memory() {}

  /** Pods that a node with many processors makes larger than their limit. */
  static List<String> outgrown(Manifests manifests) {
    List<String> outgrown = new ArrayList<>();
    for (Node workload : manifests.withPods()) {
      String name = Manifests.name(workload);
      Node limits = Manifests.pod(workload).at("containers").items().get(0).at("resources");
      String options = manifests.environment(workload).get("JDK_JAVA_OPTIONS");
      Processors seen = Processors.seenBy(options);
      if (seen == null) {
        outgrown.add(name + " sizes itself by its node");
        // What a migration takes beside its heap is small: it hashes nothing.
      } else if (workload.at("metadata").text("name").equals("user-service")
          && !seen.fitInto(Stores.bytes(limits.at("limits").text("memory")))) {
        outgrown.add(name + " has no room for its hashes");
      }
    }
    return outgrown;
  }
}
