package io.muster.bulkingest.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.Tenant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where disks are small, jobs may be closed sooner than 30 days after their end. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(ClosingEarlierIT.AWeek.class)
class ClosingEarlierIT {
  private final Tenant tenant = new Tenant("earlier");

  /** A week after their end. */
  public static class AWeek implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("muster.closing.open-after-end", "7D");
    }
  }

  @Test
  void aJobIsOpenForAsLongAsIsConfiguredHoweverItEnds() {
    ValidatableResponse empty =
        tenant.tryUpload("UserPrincipalName,DisplayName\n", "operation=add").statusCode(202);
    UUID waiting = tenant.upload(Tenant.users(2), "operation=add&startAt=2999-01-01T00:00:00Z");
    ValidatableResponse cancelled = tenant.call(waiting, "cancel").statusCode(202);

    for (ValidatableResponse ended : new ValidatableResponse[] {empty, cancelled}) {
      Instant finished = Instant.parse(ended.extract().path("finishedAt"));
      assertThat(Instant.parse(ended.extract().path("closesAt")))
          .isEqualTo(finished.plus(Duration.ofDays(7)));
    }
  }
}
