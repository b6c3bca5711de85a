package io.muster.license;

import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Real PostgreSQL and Kafka for the service under test. */
public class LicenseServicePlatform implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return TestPlatform.shared().configFor("license-service");
  }

  @Override
  public void stop() {
    // Shared by all tests of this JVM; it goes with the JVM.
  }
}
