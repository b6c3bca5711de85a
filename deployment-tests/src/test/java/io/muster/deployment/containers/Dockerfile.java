package io.muster.deployment.containers;

import io.muster.deployment.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A service's Dockerfile, held to what all of them have in common. */
final class Dockerfile {
  /** The rule by the line that must be there. */
  static final Map<String, String> RULES =
      Map.of(
          "\nUSER 185\n", "runs as a user who isn't root",
          "\nEXPOSE 8080\n", "says its port",
          "QUARKUS_HTTP_PORT=8080", "listens at the port that it exposes",
          "QUARKUS_HTTP_HOST=0.0.0.0", "listens on all addresses",
          "\"-XX:MaxRAMPercentage=", "takes its heap from the container's limit",
          "CompileThresholdScaling,com/sun/crypto/provider/*.*,", "seals quickly from the start",
          "/q/health/ready", "asks for its health",
          "target/quarkus-app/lib/ ", "has libraries in a layer of their own");

  private Dockerfile() {}

  /** Its path from the repository's root. */
  static String of(String service) {
    return service + "/src/main/docker/Dockerfile.jvm";
  }

  /** What is wrong with a file's text. */
  static List<String> faults(String text) {
    List<String> wrong = new ArrayList<>();
    RULES.forEach(
        (line, rule) -> {
          if (!text.contains(line)) {
            wrong.add("no longer " + rule + ": " + line.strip());
          }
        });
    String afterUser = text.substring(Math.max(0, text.lastIndexOf("\nUSER ")));
    if (!afterUser.startsWith("\nUSER 185\n")) {
      wrong.add("ends as another user than 185");
    }
    return wrong;
  }

  /** What it has in common with the others: everything but its name, its folders and comments. */
  static String common(String service) {
    return Repository.text(of(service))
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .filter(line -> !line.startsWith("USER 0") && !line.startsWith("RUN install -d"))
        .reduce("", (all, line) -> all + line + "\n");
  }
}
