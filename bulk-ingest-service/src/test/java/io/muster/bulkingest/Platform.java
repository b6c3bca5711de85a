package io.muster.bulkingest;

import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Real PostgreSQL and Kafka for this service's tests. */
public class Platform implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return TestPlatform.shared().configFor("bulk-ingest-service");
  }

  @Override
  public void stop() {
    // The platform goes away with the JVM: all tests of a run share it.
  }
}
