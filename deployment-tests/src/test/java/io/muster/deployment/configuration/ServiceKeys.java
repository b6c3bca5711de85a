package io.muster.deployment.configuration;

import io.muster.deployment.Repository;
import io.muster.localstack.identity.Secrets;
import io.muster.localstack.service.ServiceInstance;
import io.muster.localstack.service.ServiceSettings;
import io.muster.localstack.service.StackService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which configuration keys there are, by service. */
public final class ServiceKeys {
  /** Modules that services stand on and that have config interfaces or might get some. */
  public static final List<String> SHARED = List.of("service-chassis", "command-inbox");

  /**
   * Keys of libraries, and of the JVM, that containers need and the local stack, on one machine and
   * without TLS, doesn't.
   */
  private static final Map<String, String> BEYOND_THE_LOCAL_STACK =
      Map.of(
          "JDK_JAVA_OPTIONS", "the JVM's processors, where the container has no limit of them",
          "quarkus.init-and-exit", "migration Jobs end when they have migrated",
          "quarkus.flyway.migrate-at-start", "only migration Jobs do",
          "quarkus.flyway.validate-at-start", "a service waits for its migration",
          "quarkus.http.proxy.proxy-address-forwarding", "TLS ends before the gateway",
          "quarkus.http.proxy.allow-x-forwarded", "TLS ends before the gateway",
          "kafka.ssl.truststore.type", "TLS to Kafka",
          "kafka.ssl.truststore.location", "TLS to Kafka");

  private ServiceKeys() {}

  /** The services, by their names. */
  public static List<String> services() {
    return Stream.of(StackService.values()).map(StackService::serviceName).toList();
  }

  /** Keys of a service's own interfaces and of those of the modules that its pom names. */
  public static List<ConfigKey> ofInterfaces(String service) {
    String pom = Repository.text(service + "/pom.xml");
    List<ConfigKey> keys = new ArrayList<>(ConfigSources.keysOf(service));
    for (String shared : SHARED) {
      if (pom.contains("<artifactId>" + shared + "</artifactId>")) {
        keys.addAll(ConfigSources.keysOf(shared));
      }
    }
    return keys;
  }

  /** Environment variables without which a service doesn't start. */
  public static Set<String> required(String service) {
    return ofInterfaces(service).stream()
        .filter(ConfigKey::isRequired)
        .map(key -> ConfigKey.environmentName(key.name()))
        .collect(Collectors.toSet());
  }

  /**
   * Those of these environment variables that mean nothing to a service: they are none of its
   * interfaces' keys, nothing that the local stack tells it in every system test, and none of the
   * few that are said above.
   */
  public static Set<String> unknown(String service, Set<String> variables) {
    Set<String> names = new HashSet<>(BEYOND_THE_LOCAL_STACK.keySet());
    ofInterfaces(service).forEach(key -> names.add(key.name()));
    names.addAll(ofTheLocalStack(service));
    Set<String> known = names.stream().map(ConfigKey::environmentName).collect(Collectors.toSet());
    // A map's keys are anybody's.
    List<String> maps =
        names.stream()
            .filter(name -> name.endsWith(".*"))
            .map(name -> ConfigKey.environmentName(name.substring(0, name.length() - 1)))
            .toList();
    Set<String> unknown = new TreeSet<>(variables);
    unknown.removeAll(known);
    unknown.removeIf(variable -> maps.stream().anyMatch(variable::startsWith));
    return unknown;
  }

  private static Set<String> ofTheLocalStack(String service) {
    Map<ServiceInstance, Integer> ports = new LinkedHashMap<>();
    ServiceInstance.ofEach(1).forEach(instance -> ports.put(instance, 1));
    try {
      Path folder = Files.createTempDirectory("settings-");
      Path secrets = folder.resolve("secrets");
      try {
        return new ServiceSettings(
                folder,
                new Secrets(secrets, RandomGenerator.getDefault()),
                "jdbc:postgresql://localhost/",
                "localhost:9092",
                ports)
            .of(new ServiceInstance(StackService.named(service), 1))
            .keySet();
      } finally {
        Files.deleteIfExists(secrets);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
