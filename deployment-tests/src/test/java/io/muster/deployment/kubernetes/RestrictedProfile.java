package io.muster.deployment.kubernetes;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules of Kubernetes's Pod Security Standard "restricted", and what goes beyond it here: a
 * root file system that is only read, no token of the API server, memory within limits.
 *
 * <p>https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
final class RestrictedProfile {
  private static final List<String> VOLUMES =
      List.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private final List<String> wrong = new ArrayList<>();

  private RestrictedProfile() {}

  static List<String> faults(Manifests manifests) {
    RestrictedProfile profile = new RestrictedProfile();
    manifests.withPods().forEach(profile::look);
    return profile.wrong;
  }

  private void look(Node workload) {
    String name = Manifests.name(workload) + ": ";
    Node pod = Manifests.pod(workload);
    for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
      demand(!"true".equals(pod.text(shared)), name + shared);
    }
    demand("false".equals(pod.text("automountServiceAccountToken")), name + "mounts a token");
    for (Node volume : pod.at("volumes").items()) {
      demand(
          VOLUMES.stream().anyMatch(type -> !volume.at(type).isMissing()),
          name + "volume " + volume.text("name") + " is of no allowed type");
    }
    List<Node> containers = new ArrayList<>(pod.at("containers").items());
    containers.addAll(pod.at("initContainers").items());
    for (Node container : containers) {
      look(name, pod.at("securityContext"), container);
    }
  }

  private void look(String name, Node ofPod, Node container) {
    Node its = container.at("securityContext");
    demand("false".equals(its.text("allowPrivilegeEscalation")), name + "may gain privileges");
    demand(!"true".equals(its.text("privileged")), name + "is privileged");
    demand(its.at("capabilities").at("drop").texts().contains("ALL"), name + "keeps capabilities");
    demand(
        List.of("NET_BIND_SERVICE").containsAll(its.at("capabilities").at("add").texts()),
        name + "adds capabilities");
    demand("true".equals(either(its, ofPod, "runAsNonRoot")), name + "may run as root");
    demand(!"0".equals(either(its, ofPod, "runAsUser")), name + "runs as root");
    Node seccomp = its.at("seccompProfile").isMissing() ? ofPod : its;
    demand(
        "RuntimeDefault".equals(seccomp.at("seccompProfile").text("type")),
        name + "has no seccomp profile");
    demand("true".equals(its.text("readOnlyRootFilesystem")), name + "writes to its root");
    demand(
        !container.at("resources").at("limits").at("memory").isMissing()
            && !container.at("resources").at("requests").at("cpu").isMissing(),
        name + "has no limit of memory or asks for no processor");
    for (Node port : container.at("ports").items()) {
      demand(port.at("hostPort").isMissing(), name + "takes a port of its host");
    }
  }

  private static String either(Node container, Node pod, String field) {
    return container.at(field).isMissing() ? pod.text(field) : container.text(field);
  }

  private void demand(boolean kept, String fault) {
    if (!kept) {
      wrong.add(fault);
    }
  }
}
