package io.muster.bulkingest.admission;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.Platform;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class SubmissionNumbersIT {
  @Test
  void eachIsNewerThanTheLastWhateverTheRole() {
    long first = draw("nobody-special");
    long second = draw("tenant-admin");

    assertThat(first).isPositive();
    assertThat(second).isGreaterThan(first);
  }

  @Test
  void strangersAreTurnedAway() {
    assertThat(given().post("/v1/submissions").statusCode()).isEqualTo(401);
    assertThat(
            given()
                .auth()
                .oauth2(TestPlatform.shared().token("No Tenant", "ada", Set.of(), Set.of()))
                .post("/v1/submissions")
                .statusCode())
        .isEqualTo(401);
  }

  private static long draw(String role) {
    String token = TestPlatform.shared().token("contoso", "ada", Set.of(role), Set.of());
    return given()
        .auth()
        .oauth2(token)
        .post("/v1/submissions")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getLong("submission");
  }
}
