package io.muster.localstack.service;

import io.muster.localstack.identity.Secrets;
import io.muster.localstack.identity.TokenIssuer;
import io.muster.localstack.kafka.KafkaLogin;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a service is told about its surroundings; all else stands in its own application.properties.
 *
 * @param folder of the stack
 * @param jdbcBase {@code jdbc:postgresql://host:port/}
 * @param bootstrapServers of Kafka
 * @param ports the HTTP ports of all instances of all services
 */
public record ServiceSettings(
    Path folder,
    Secrets secrets,
    String jdbcBase,
    String bootstrapServers,
    Map<ServiceInstance, Integer> ports) {

  public ServiceSettings {
    ports = Map.copyOf(ports);
  }

  /** Quarkus keys and values of one instance, passwords among them. */
  public Map<String, String> of(ServiceInstance instance) {
    StackService service = instance.service();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("quarkus.http.host", "127.0.0.1");
    values.put("quarkus.http.port", ports.get(instance).toString());
    databases(service, values);
    KafkaLogin.clientProperties(
            bootstrapServers, service.serviceName(), secrets.of("kafka." + service.serviceName()))
        .forEach((key, value) -> values.put("kafka." + key, value.toString()));
    values.put(
        "mp.jwt.verify.publickey.location", TokenIssuer.publicKeyFile(folder).toUri().toString());
    values.put("mp.jwt.verify.issuer", TokenIssuer.ISSUER);
    values.put("muster.access.issuer", TokenIssuer.ISSUER);
    if (service == StackService.BULK_INGEST_SERVICE) {
      values.put("muster.spool.directory", folder.resolve("spool").toString());
      values.put("muster.spool.shared", Boolean.toString(instances(service) > 1));
      values.put("muster.instance.name", instance.name());
      values.put("muster.sealing.keyset", folder.resolve("sealing-keyset.json").toString());
      values.put("muster.passwords.public-keys", passwordKeys("public"));
      values.put("muster.services.user-url", urls(StackService.USER_SERVICE));
      values.put("muster.service-tokens.keys", secrets.of("service-tokens"));
      // contoso's people are named in contoso.com until somebody registers other domains.
      values.put("muster.hr.default-domain", "{tenant}.com");
    }
    if (service == StackService.USER_SERVICE) {
      values.put("muster.sealing.keyset", folder.resolve("user-keyset.json").toString());
      values.put("muster.passwords.public-keys", passwordKeys("public"));
      values.put("muster.passwords.private-keys", passwordKeys("private"));
      values.put("muster.services.bulk-ingest-url", urls(StackService.BULK_INGEST_SERVICE));
      values.put("muster.service-tokens.keys", secrets.of("service-tokens"));
    }
    if (service == StackService.GATEWAY) {
      values.put("muster.services.bulk-ingest-url", urls(StackService.BULK_INGEST_SERVICE));
      values.put("muster.services.user-url", urls(StackService.USER_SERVICE));
      values.put("muster.services.license-url", urls(StackService.LICENSE_SERVICE));
      // So that the examples of SCIM's RFCs can be tried as they stand.
      values.put("muster.scim.default-domain", "{tenant}.com");
    }
    return values;
  }

  private String passwordKeys(String kind) {
    return folder.resolve("password-keys").resolve(kind).toString();
  }

  private void databases(StackService service, Map<String, String> values) {
    String url = jdbcBase + service.database();
    values.put("quarkus.datasource.jdbc.url", url);
    values.put("quarkus.datasource.username", service.appRole());
    values.put("quarkus.datasource.password", secrets.of(service.appRole()));
    values.put("quarkus.datasource.\"finder\".jdbc.url", url);
    values.put("quarkus.datasource.\"finder\".username", service.finderRole());
    values.put("quarkus.datasource.\"finder\".password", secrets.of(service.finderRole()));
    values.put("quarkus.flyway.username", service.ownerRole());
    values.put("quarkus.flyway.password", secrets.of(service.ownerRole()));
  }

  /** Where a service's first instance answers. */
  public String url(StackService service) {
    return url(new ServiceInstance(service, 1));
  }

  private String url(ServiceInstance instance) {
    return "http://127.0.0.1:" + ports.get(instance);
  }

  /** Where its instances answer: whoever calls takes turns among them. */
  private String urls(StackService service) {
    return ports.keySet().stream()
        .filter(instance -> instance.service() == service)
        .sorted(Comparator.comparingInt(ServiceInstance::number))
        .map(this::url)
        .collect(Collectors.joining(","));
  }

  private long instances(StackService service) {
    return ports.keySet().stream().filter(instance -> instance.service() == service).count();
  }
}
