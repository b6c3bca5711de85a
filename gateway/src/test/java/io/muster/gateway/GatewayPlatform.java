package io.muster.gateway;

import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Real PostgreSQL and Kafka, and stand-ins for the HTTP of the services behind the gateway. */
public class GatewayPlatform implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    Map<String, String> config = new HashMap<>(TestPlatform.shared().configFor("gateway"));
    config.put("muster.services.bulk-ingest-url", BulkIngestStandIn.shared().url());
    config.put("muster.services.user-url", UserServiceStandIn.shared().url());
    config.put("muster.services.license-url", LicenseServiceStandIn.shared().url());
    return config;
  }

  @Override
  public void stop() {
    // Platform and stand-ins go away with the JVM: all tests of a run share them.
  }
}
