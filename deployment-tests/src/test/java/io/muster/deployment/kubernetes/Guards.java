package io.muster.deployment.kubernetes;

import java.util.ArrayList;
import java.util.List;

/** What keeps services up, and apart from each other. */
final class Guards {
  private Guards() {}

  /** Services without probes, budget, policy or migration; and whether all else is denied. */
  static List<String> missing(Manifests manifests) {
    List<String> missing = new ArrayList<>();
    for (Node service : manifests.services()) {
      String name = service.at("metadata").text("name");
      Node container = Manifests.pod(service).at("containers").items().get(0);
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        if (!container.fields().containsKey(probe)) {
          missing.add(name + " has no " + probe);
        }
      }
      require(manifests, "PodDisruptionBudget", name, missing);
      require(manifests, "NetworkPolicy", "into-" + name, missing);
      require(manifests, "Job", name + "-migration", missing);
    }
    boolean denied =
        manifests.ofKind("NetworkPolicy").stream()
            .anyMatch(
                policy ->
                    policy.at("spec").at("podSelector").fields().isEmpty()
                        && policy.at("spec").fields().size() == 2
                        && policy.at("spec").at("policyTypes").items().size() == 2);
    if (!denied) {
      missing.add("nothing denies what no policy allows");
    }
    return missing;
  }

  /**
   * What stays as it is when something went wrong: a StatefulSet that waits for its broken pod
   * before it takes a mended one, and a Deployment that has been given up while its migration is
   * still being tried.
   */
  static List<String> stuck(Manifests manifests) {
    List<String> stuck = new ArrayList<>();
    for (Node set : manifests.ofKind("StatefulSet")) {
      if (!"Parallel".equals(set.at("spec").text("podManagementPolicy"))) {
        stuck.add(Manifests.name(set) + " waits for a broken pod");
      }
    }
    long tried = manifests.ofKind("Job").stream().mapToLong(Guards::secondsTried).max().orElse(0);
    for (Node deployment : manifests.ofKind("Deployment")) {
      String deadline = deployment.at("spec").text("progressDeadlineSeconds");
      if (deadline == null || Long.parseLong(deadline) < tried) {
        stuck.add(Manifests.name(deployment) + " is given up before its migration");
      }
    }
    return stuck;
  }

  /** Kubernetes waits ten seconds before it tries a Job again, twice as long each time. */
  private static long secondsTried(Node job) {
    long seconds = 0;
    for (int i = 0; i < Integer.parseInt(job.at("spec").text("backoffLimit")); i++) {
      seconds += Math.min(10L << i, 360);
    }
    return seconds;
  }

  private static void require(Manifests manifests, String kind, String name, List<String> missing) {
    if (manifests.ofKind(kind).stream()
        .noneMatch(each -> each.at("metadata").text("name").equals(name))) {
      missing.add("there is no " + kind + " " + name);
    }
  }

  /** Services that hold what only migrations may. */
  static List<String> holdersOfTheOwnersPassword(Manifests manifests) {
    return manifests.services().stream()
        .filter(service -> service.value().toString().contains("-db-owner"))
        .map(service -> service.at("metadata").text("name"))
        .toList();
  }

  /**
   * Whether a service that doesn't migrate may compare its schema's version with its own at the
   * start.
   *
   * @param callback SQL that the owner runs after each migration
   */
  static boolean letsTheServiceReadItsVersion(String callback) {
    return callback.lines().anyMatch("GRANT SELECT ON flyway_schema_history TO ${app};"::equals);
  }
}
