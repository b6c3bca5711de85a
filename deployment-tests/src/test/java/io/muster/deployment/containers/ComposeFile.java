package io.muster.deployment.containers;

import io.muster.deployment.Repository;
import io.muster.deployment.configuration.ServiceKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A Compose file, held against the code. Every check answers what is wrong, and nothing else. */
final class ComposeFile {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(:?[?-][^}]*)?\\}");
  private static final Pattern ADDRESS = Pattern.compile("http://([a-z-]+):(\\d+)");

  private final String text;
  private final Map<String, Object> containers;

  ComposeFile(String text) {
    this.text = text;
    Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    this.containers = map(file.get("services"));
  }

  /** Keys that no code reads, and keys that a service doesn't start without. */
  List<String> wrongKeys() {
    List<String> wrong = new ArrayList<>();
    for (String service : ServiceKeys.services()) {
      Set<String> given = environment(service).keySet();
      ServiceKeys.unknown(service, given)
          .forEach(key -> wrong.add(service + ": nothing reads " + key));
      Set<String> missing = new TreeSet<>(ServiceKeys.required(service));
      missing.removeAll(given);
      missing.forEach(key -> wrong.add(service + ": must be told " + key));
    }
    return wrong;
  }

  /** Addresses and published ports that nobody listens at. */
  List<String> wrongPorts() {
    List<String> wrong = new ArrayList<>();
    containers.forEach(
        (name, container) -> {
          environment(name)
              .forEach(
                  (key, value) -> {
                    Matcher address = ADDRESS.matcher(value);
                    while (address.find()) {
                      if (!isExposed(address.group(1), address.group(2))) {
                        wrong.add(name + ": nobody listens at " + address.group());
                      }
                    }
                  });
          for (Object published : list(map(container).get("ports"))) {
            String port = published.toString().replaceAll(".*:", "");
            if (!isExposed(name, port)) {
              wrong.add(name + ": publishes " + port + ", where it doesn't listen");
            }
          }
        });
    return wrong;
  }

  private static boolean isExposed(String service, String port) {
    return ServiceKeys.services().contains(service)
        && Repository.text(Dockerfile.of(service)).contains("\nEXPOSE " + port + "\n");
  }

  /** Passwords that stand in the file instead of in the environment. */
  List<String> clearSecrets() {
    List<String> wrong = new ArrayList<>();
    for (String name : containers.keySet()) {
      environment(name)
          .forEach(
              (key, value) -> {
                boolean secret =
                    key.endsWith("PASSWORD")
                        || key.endsWith("TOKENS_KEYS")
                        || value.contains("password=");
                if (secret && !value.replaceAll("^.*password=\"", "").startsWith("${")) {
                  wrong.add(name + ": " + key + " has a value of its own");
                }
              });
    }
    return wrong;
  }

  /** Folders that a service is told and that no volume keeps. */
  List<String> lostFolders() {
    List<String> wrong = new ArrayList<>();
    for (String service : ServiceKeys.services()) {
      List<String> mounted =
          list(map(containers.get(service)).get("volumes")).stream()
              .map(volume -> volume.toString().split(":")[1])
              .toList();
      environment(service)
          .forEach(
              (key, value) -> {
                String path = value.replaceFirst("^file:", "");
                if (path.startsWith("/")
                    && mounted.stream()
                        .noneMatch(m -> path.equals(m) || path.startsWith(m + "/"))) {
                  wrong.add(service + ": " + key + " lies on no volume: " + path);
                }
              });
    }
    return wrong;
  }

  /** Services that may write, do or take more than they need, or less. */
  List<String> loose() {
    return new ComposeGuards(containers).loose();
  }

  /** What starts before it can: {@code up --wait} also fails when nobody waits for what ends. */
  List<String> unordered() {
    return new ComposeGuards(containers).unordered();
  }

  /** Services that a machine with many processors makes larger than their limit. */
  List<String> outgrown() {
    List<String> wrong = new ArrayList<>();
    for (String service : ServiceKeys.services()) {
      Processors seen = Processors.seenBy(environment(service).get("JDK_JAVA_OPTIONS"));
      if (seen == null) {
        wrong.add(service + " sizes itself by its machine");
      }
    }
    Processors hashing = Processors.seenBy(environment("user-service").get("JDK_JAVA_OPTIONS"));
    String limit = String.valueOf(map(containers.get("user-service")).get("mem_limit"));
    if (hashing != null && !hashing.fitInto(bytes(limit))) {
      wrong.add("user-service has no room for its hashes");
    }
    return wrong;
  }

  /** Of {@code 768m} or {@code 1g}. */
  private static long bytes(String size) {
    long number = Long.parseLong(size.substring(0, size.length() - 1));
    return number << (size.endsWith("g") ? 30 : 20);
  }

  /** The variables that it takes from {@code .env}. */
  Set<String> variables() {
    Set<String> names = new TreeSet<>();
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      names.add(variable.group(1));
    }
    return names;
  }

  private Map<String, String> environment(String container) {
    Map<String, String> values = new LinkedHashMap<>();
    map(map(containers.get(container)).get("environment"))
        .forEach((key, value) -> values.put(key, String.valueOf(value)));
    return values;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  static List<?> list(Object value) {
    return value == null ? List.of() : (List<?>) value;
  }
}
