package io.muster.localstack.service;

import io.muster.localstack.identity.Secrets;
import io.muster.localstack.identity.TokenIssuer;
import io.muster.localstack.kafka.KafkaLogin;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a service is told about its surroundings; all else stands in its own application.properties.
 *
 * @param folder of the stack
 * @param jdbcBase {@code jdbc:postgresql://host:port/}
 * @param bootstrapServers of Kafka
 * @param ports the services' HTTP ports
 */
public record ServiceSettings(
    Path folder,
    Secrets secrets,
    String jdbcBase,
    String bootstrapServers,
    Map<StackService, Integer> ports) {

  public ServiceSettings {
    ports = Map.copyOf(ports);
  }

  /** Quarkus keys and values of one service, passwords among them. */
  public Map<String, String> of(StackService service) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("quarkus.http.host", "127.0.0.1");
    values.put("quarkus.http.port", ports.get(service).toString());
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
      values.put("muster.sealing.keyset", folder.resolve("sealing-keyset.json").toString());
      values.put("muster.passwords.public-keys", passwordKeys("public"));
      values.put("muster.services.user-url", url(StackService.USER_SERVICE));
    }
    if (service == StackService.USER_SERVICE) {
      values.put("muster.sealing.keyset", folder.resolve("user-keyset.json").toString());
      values.put("muster.passwords.public-keys", passwordKeys("public"));
      values.put("muster.passwords.private-keys", passwordKeys("private"));
      values.put("muster.services.bulk-ingest-url", url(StackService.BULK_INGEST_SERVICE));
    }
    if (service == StackService.GATEWAY) {
      values.put("muster.services.bulk-ingest-url", url(StackService.BULK_INGEST_SERVICE));
      values.put("muster.services.user-url", url(StackService.USER_SERVICE));
      values.put("muster.services.license-url", url(StackService.LICENSE_SERVICE));
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

  /** Where a service answers. */
  public String url(StackService service) {
    return "http://127.0.0.1:" + ports.get(service);
  }
}
