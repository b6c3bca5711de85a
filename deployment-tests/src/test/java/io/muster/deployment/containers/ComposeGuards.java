package io.muster.deployment.containers;

import io.muster.deployment.configuration.ServiceKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What keeps Compose's services small, up, and in order. For one question each. */
final class ComposeGuards {
  private final Map<String, Object> containers;
  private final List<String> wrong = new ArrayList<>();

  ComposeGuards(Map<String, Object> containers) {
    this.containers = containers;
  }

  List<String> loose() {
    for (String service : ServiceKeys.services()) {
      Map<String, Object> container = ComposeFile.map(containers.get(service));
      Map<String, Boolean> demands = new LinkedHashMap<>();
      demands.put("writes to its root", Boolean.TRUE.equals(container.get("read_only")));
      demands.put(
          "keeps capabilities", ComposeFile.list(container.get("cap_drop")).contains("ALL"));
      demands.put(
          "may gain privileges",
          ComposeFile.list(container.get("security_opt")).contains("no-new-privileges:true"));
      demands.put("has no limit of memory", container.containsKey("mem_limit"));
      demands.put("stays away", "unless-stopped".equals(container.get("restart")));
      // Docker mounts it noexec unless it is told otherwise, and libsodium and lz4 are loaded
      // there.
      demands.put(
          "can't load its libraries",
          ComposeFile.list(container.get("tmpfs")).stream()
              .map(Object::toString)
              .filter(mount -> mount.startsWith("/tmp:"))
              .anyMatch(mount -> List.of(mount.split("[:,]")).contains("exec")));
      demands.forEach(
          (fault, met) -> {
            if (!met) {
              wrong.add(service + " " + fault);
            }
          });
    }
    return wrong;
  }

  List<String> unordered() {
    for (String service : ServiceKeys.services()) {
      require(service, "postgresql", "service_healthy");
      require(service, "topics", "service_completed_successfully");
      if (service.equals("gateway")) {
        ServiceKeys.services().stream()
            .filter(other -> !other.equals(service))
            .forEach(other -> require(service, other, "service_healthy"));
      }
    }
    require("topics", "kafka", "service_healthy");
    for (String store : List.of("postgresql", "kafka")) {
      if (!ComposeFile.map(ComposeFile.map(containers.get(store)).get("healthcheck"))
          .containsKey("test")) {
        wrong.add(store + " is never healthy");
      }
    }
    return wrong;
  }

  private void require(String container, String other, String condition) {
    Map<String, Object> awaited =
        ComposeFile.map(ComposeFile.map(containers.get(container)).get("depends_on"));
    if (!condition.equals(ComposeFile.map(awaited.get(other)).get("condition"))) {
      wrong.add(container + " doesn't wait for " + other);
    }
  }
}
