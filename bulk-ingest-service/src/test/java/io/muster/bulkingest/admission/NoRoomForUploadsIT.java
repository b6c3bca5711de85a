package io.muster.bulkingest.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.Tenant;
import io.muster.bulkingest.spool.UploadStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The disk that uploads are kept on is nearly full. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(NoRoomForUploadsIT.NearlyFull.class)
class NoRoomForUploadsIT {
  @Inject UploadStore store;

  private final Tenant tenant = new Tenant("no-room");

  /** No disk has as much left as is to stay free. */
  public static class NearlyFull implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("muster.spool.min-free-bytes", Long.toString(Long.MAX_VALUE));
    }
  }

  @Test
  void anUploadIsRefusedWithCauseAndCureAndSingleCallsGoOn() throws Exception {
    Set<UUID> before = store.kept();

    ValidatableResponse refused = tenant.tryUpload(Tenant.users(3), "operation=add");

    assertThat(refused.statusCode(503).extract().header("Retry-After")).isEqualTo("300");
    assertThat(Tenant.problem(refused).get(0)).isEqualTo("UNAVAILABLE");
    assertThat(Tenant.problem(refused).get(1)).contains("no room", "close jobs");
    assertThat(store.kept()).isEqualTo(before);
    tenant
        .admin()
        .contentType("application/json")
        .body(Map.of("userPrincipalName", "a@x.com", "displayName", "A"))
        .post("/v1/rows?operation=add")
        .then()
        .statusCode(202);
  }
}
