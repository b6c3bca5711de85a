package io.muster.localstack.kafka;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a client of the broker logs in. */
public final class KafkaLogin {
  private KafkaLogin() {}

  /** Properties for a plain Kafka client; a consumer or producer adds its (de)serialisers. */
  public static Map<String, Object> clientProperties(
      String bootstrapServers, String user, String password) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("security.protocol", "SASL_PLAINTEXT");
    properties.put("sasl.mechanism", "SCRAM-SHA-512");
    properties.put("sasl.jaas.config", scram(user, password));
    return properties;
  }

  static String scram(String user, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
        + user
        + "\" password=\""
        + password
        + "\";";
  }
}
