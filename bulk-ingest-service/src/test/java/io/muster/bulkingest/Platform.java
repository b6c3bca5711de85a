package io.muster.bulkingest;

import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Real PostgreSQL and Kafka for this service's tests. */
public class Platform implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    Map<String, String> config =
        new HashMap<>(TestPlatform.shared().configFor("bulk-ingest-service"));
    // What takes minutes in the field is waited for here.
    config.put("muster.closing.close-every", "1s");
    config.put("muster.dispatch.silence", "8s");
    config.put("muster.dispatch.quiet-look-every", "1s");
    // As in the field, where nobody guesses a tenant's domain.
    config.remove("muster.hr.default-domain");
    return config;
  }

  @Override
  public void stop() {
    // The platform goes away with the JVM: all tests of a run share it.
  }
}
