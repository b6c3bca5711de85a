package io.muster.bulkingest.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.StandInServices;
import io.muster.bulkingest.Tenant;
import io.muster.contracts.command.Operation;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an upload may ask for, by whom, and what makes two of them the same. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class UploadParametersIT {
  private static final String LATER = "startAt=2999-01-01T00:00:00Z";

  private static StandInServices services;

  private final Tenant tenant = new Tenant("upload");

  @BeforeAll
  static void start() {
    services = new StandInServices();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    services.close();
  }

  @Test
  void aPasswordAdministratorUploadsSetPasswordAndNothingElse() {
    for (Operation operation : Operation.values()) {
      boolean allowed = operation == Operation.SET_PASSWORD;
      String query = "operation=" + operation.word();
      RequestSpecification pat = tenant.as("pat", "password-admin");

      int file = upload(pat, Tenant.users(2), query + "&" + LATER).extract().statusCode();
      int single =
          tenant
              .as("pat", "password-admin")
              .contentType("application/json")
              .body(Map.of("userPrincipalName", "a@x.com"))
              .post("/v1/rows?" + query)
              .statusCode();

      assertThat(file).as(query).isEqualTo(allowed ? 202 : 403);
      assertThat(single).as(query).isEqualTo(allowed ? 202 : 403);
    }
    upload(tenant.as("rob", "reader"), Tenant.users(2), "operation=add").statusCode(403);
  }

  @Test
  void theJobTellsWhatWasAskedFor() {
    ValidatableResponse job =
        tenant.tryUpload(
            Tenant.users(3),
            "operation=add&dryRun=true&maxFailures=5%&startAt=2999-01-01T01:00:00+01:00");

    job.statusCode(202);
    assertThat(job.extract().<Boolean>path("dryRun")).isTrue();
    assertThat(job.extract().<String>path("maxFailures")).isEqualTo("5%");
    assertThat(job.extract().<String>path("startAt")).isEqualTo("2999-01-01T00:00:00Z");
    assertThat(job.extract().<Object>path("expectedDuration")).isNotNull();
    ValidatableResponse past =
        tenant.tryUpload(Tenant.users(2), "operation=add&startAt=2020-01-01T00:00:00Z");
    assertThat(past.statusCode(202).extract().<Object>path("startAt")).isNull();
  }

  @Test
  void theSameKeyWithOtherParametersIsAnotherRequest() {
    String csv = Tenant.users(2);
    String query = "operation=add&maxFailures=5&" + LATER;
    String first = keyed("k1", csv, query).statusCode(202).extract().path("id");

    assertThat(keyed("k1", csv, query).statusCode(202).extract().<String>path("id"))
        .isEqualTo(first);
    for (String other :
        new String[] {
          "operation=add&maxFailures=6&" + LATER,
          "operation=add&maxFailures=5",
          "operation=add&maxFailures=5&startAt=2999-01-02T00:00:00Z",
          query + "&dryRun=true"
        }) {
      assertThat(keyed("k1", csv, other).statusCode(422).extract().<String>path("code"))
          .as(other)
          .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }
  }

  @Test
  void whatDidNothingMakesNoDuplicate() {
    String csv = Tenant.users(2);
    UUID dry = tenant.upload(csv, "operation=add&dryRun=true");
    services.answer(dry, command -> true);
    UUID cancelled = tenant.upload(csv, "operation=add&" + LATER);
    tenant.call(cancelled, "cancel").statusCode(202);
    UUID failed = tenant.upload(csv, "operation=add");
    services.answer(failed, command -> false);
    tenant.await(failed, "FAILED");

    UUID real = tenant.upload(csv, "operation=add");

    assertThat(tenant.tryUpload(csv, "operation=add").statusCode(409).extract().<String>path("job"))
        .isEqualTo(real.toString());
    tenant.upload(csv, "operation=add&dryRun=true");
    tenant.upload(csv, "operation=disable");
  }

  private ValidatableResponse keyed(String key, String csv, String query) {
    return upload(tenant.admin().header("Idempotency-Key", key), csv, query);
  }

  private static ValidatableResponse upload(RequestSpecification as, String csv, String query) {
    return as.contentType("text/csv")
        .body(csv.getBytes(StandardCharsets.UTF_8))
        .post("/v1/jobs?" + query)
        .then();
  }
}
