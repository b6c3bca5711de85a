package io.muster.localstack;

import io.muster.localstack.home.FreePorts;
import io.muster.localstack.home.MusterHome;
import io.muster.localstack.home.PrivateFiles;
import io.muster.localstack.home.StackFailure;
import io.muster.localstack.identity.Secrets;
import io.muster.localstack.kafka.BrokerFiles;
import io.muster.localstack.part.KafkaPart;
import io.muster.localstack.part.PostgresPart;
import io.muster.localstack.part.ServicePart;
import io.muster.localstack.postgresql.PostgresBinaries;
import io.muster.localstack.postgresql.PostgresServer;
import io.muster.localstack.postgresql.PostgresSettings;
import io.muster.localstack.process.Part;
import io.muster.localstack.service.ServiceInstance;
import io.muster.localstack.service.ServiceProgram;
import io.muster.localstack.service.ServiceSettings;
import io.muster.localstack.service.StackService;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The parts of one run of a stack, with their ports and files: decided before anything starts.
 *
 * @param services in the order of {@link StackService}, the instances of one after the other
 */
record StackLayout(
    StackFolder folder,
    Secrets secrets,
    PostgresPart postgresql,
    KafkaPart kafka,
    ServiceSettings settings,
    List<ServicePart> services) {
  private static final int KAFKA_HEAP_MEBIBYTES = 768;

  /** At most, of one instance of each service: the sum of their pools, with some to spare. */
  private static final int CONNECTIONS_PER_SET = 100;

  static StackLayout of(
      MusterHome home, StackFolder folder, Secrets secrets, FreePorts ports, StackOptions options) {
    List<ServiceInstance> instances = ServiceInstance.ofEach(options.instances());
    PostgresServer server =
        new PostgresServer(
            PostgresBinaries.unpacked(home),
            folder.postgresql(),
            folder.rotatedLog(PostgresPart.NAME),
            ports.next(),
            secrets.of(PostgresServer.SUPERUSER),
            PostgresSettings.ofThisMachine(folder.path())
                .connections(CONNECTIONS_PER_SET * options.instances()),
            folder.mark(PostgresPart.NAME));
    BrokerFiles broker =
        new BrokerFiles(
            home,
            folder.kafka(),
            folder.rotatedLog(KafkaPart.NAME),
            ports.next(),
            ports.next(),
            kafkaPasswords(secrets),
            kafkaFlags(),
            folder.mark(KafkaPart.NAME));
    Map<ServiceInstance, Integer> servicePorts = servicePorts(instances, ports, options.port());
    ServiceSettings settings =
        new ServiceSettings(
            folder.path(), secrets, server.jdbcUrl(""), broker.bootstrapServers(), servicePorts);
    List<ServicePart> services = new ArrayList<>();
    for (ServiceInstance instance : instances) {
      StackService service = instance.service();
      services.add(
          new ServicePart(
              instance,
              new ServiceProgram(home.runner(service.serviceName())),
              folder.serviceSettings(instance.name()),
              folder.rotatedLog(instance.name()),
              servicePorts.get(instance),
              folder.mark(instance.name())));
    }
    return new StackLayout(
        folder, secrets, new PostgresPart(server), new KafkaPart(broker), settings, services);
  }

  private static List<String> kafkaFlags() {
    List<String> flags = new ArrayList<>();
    flags.add("-Xmx" + KAFKA_HEAP_MEBIBYTES + "m");
    flags.add("-XX:+UseSerialGC");
    flags.addAll(StackService.LATE_OPTIMISING);
    return flags;
  }

  private static Map<ServiceInstance, Integer> servicePorts(
      List<ServiceInstance> instances, FreePorts ports, int gatewayPort) {
    Map<ServiceInstance, Integer> chosen = new HashMap<>();
    for (ServiceInstance instance : instances) {
      chosen.put(instance, ports.next());
    }
    if (gatewayPort != 0) {
      if (!FreePorts.isFree(gatewayPort)) {
        throw new StackFailure(
            "Port " + gatewayPort + " of 127.0.0.1 is taken. Choose another one with --port.");
      }
      chosen.put(new ServiceInstance(StackService.GATEWAY, 1), gatewayPort);
    }
    return chosen;
  }

  private static Map<String, String> kafkaPasswords(Secrets secrets) {
    Map<String, String> passwords = new HashMap<>();
    passwords.put(BrokerFiles.BROKER_USER, secrets.of("kafka." + BrokerFiles.BROKER_USER));
    for (StackService service : StackService.values()) {
      passwords.put(service.serviceName(), secrets.of("kafka." + service.serviceName()));
    }
    return passwords;
  }

  /** Writes what the services read at their start. */
  void writeServiceSettings() {
    for (ServicePart service : services) {
      Properties values = new Properties();
      values.putAll(settings.of(service.instance()));
      // above the service's own application.properties (250)
      values.setProperty("config_ordinal", "275");
      StringWriter text = new StringWriter();
      try {
        values.store(text, null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      PrivateFiles.replace(service.settings(), text.toString());
    }
  }

  String gatewayUrl() {
    return settings.url(StackService.GATEWAY);
  }

  /** All parts, in the order in which they are told of. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>(services);
    parts.add(kafka);
    parts.add(postgresql);
    return parts;
  }

  Path logOf(String part) {
    return folder.log(part);
  }
}
