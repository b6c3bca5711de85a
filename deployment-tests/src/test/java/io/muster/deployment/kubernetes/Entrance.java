package io.muster.deployment.kubernetes;

import io.muster.deployment.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The way in from outside, by a Gateway that ends TLS. */
final class Entrance {
  private static final Pattern DESCRIBED = Pattern.compile("(?m)^  (/[^:]+):$");

  private static final List<String> BEHIND_A_PROXY =
      List.of(
          "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "QUARKUS_HTTP_PROXY_ALLOW_X_FORWARDED");

  private Entrance() {}

  /** Described calls that no route lets in, and routes that lead nowhere. */
  static List<String> unreached(Manifests manifests) {
    List<String> wrong = new ArrayList<>();
    List<Node> rules =
        manifests.ofKind("HTTPRoute").stream()
            .flatMap(route -> route.at("spec").at("rules").items().stream())
            .toList();
    rules.stream()
        .flatMap(rule -> rule.at("backendRefs").items().stream())
        .filter(backend -> !Wiring.isHeard(manifests, backend.text("name"), backend.text("port")))
        .forEach(b -> wrong.add("nobody listens at " + b.text("name") + ":" + b.text("port")));
    Matcher described =
        DESCRIBED.matcher(Repository.text("gateway/src/main/resources/META-INF/openapi.yaml"));
    while (described.find()) {
      String path = described.group(1);
      boolean reached =
          rules.stream()
              .flatMap(rule -> rule.at("matches").items().stream())
              .map(match -> match.at("path").text("value"))
              .anyMatch(value -> path.equals(value) || path.startsWith(value + "/"));
      if (!reached) {
        wrong.add("nobody from outside reaches " + path);
      }
    }
    return wrong;
  }

  /**
   * What the gateway must be told to answer with addresses by https, although the Gateway speaks
   * http to it.
   */
  static List<String> untold(Manifests manifests) {
    Map<String, String> told =
        manifests.services().stream()
            .filter(service -> service.at("metadata").text("name").equals("gateway"))
            .findFirst()
            .map(manifests::environment)
            .orElse(Map.of());
    return BEHIND_A_PROXY.stream().filter(key -> !"true".equals(told.get(key))).toList();
  }
}
