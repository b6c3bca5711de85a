package io.muster.bulkingest.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.bulkingest.Platform;
import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators lay down about tenants, and that uploads and single calls are held to it. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class TenantsIT {
  private static final String HEADER = "UserPrincipalName,DisplayName\n";

  @Inject TenantScope scope;
  @Inject DataSource dataSource;

  private final io.muster.bulkingest.Tenant tenant = new io.muster.bulkingest.Tenant("laid-down");

  @Test
  void aTenantIsRegisteredByItsFirstUploadWithoutAnyLimit() {
    show().statusCode(404);

    upload(HEADER + "a@x.com,A\n").statusCode(202);

    Map<String, Object> shown = show().statusCode(200).extract().jsonPath().getMap("$");
    assertThat(shown).containsEntry("tenant", tenant.name()).containsEntry("domains", List.of());
    assertThat(shown.get("registeredAt")).isNotNull();
    Map<String, Object> quotas = show().extract().jsonPath().getMap("quotas");
    assertThat(quotas)
        .containsOnlyKeys("openJobs", "rowsPerJob", "uploadsPerMinute", "singleCallsPerMinute");
    assertThat(quotas.values()).containsOnlyNulls();
    assertThat(show().extract().jsonPath().getBoolean("settings.uploadsAllowed")).isTrue();
  }

  @Test
  void aSingleCallRegistersItAsWell() {
    add("a@x.com").statusCode(202);

    show().statusCode(200);
  }

  @Test
  void whatIsLaidDownIsReadBackAndCanBeWrittenAsItWasRead() {
    String all =
        """
        {"name": "Contoso", "domains": ["Contoso.com", "\u043a\u0442\u0441.\u0440\u0444"],
         "quotas": {"openJobs": 3, "rowsPerJob": 1000, "uploadsPerMinute": 10,
                    "singleCallsPerMinute": 60},
         "settings": {"uploadsAllowed": true}}\
        """;

    layDown(all).statusCode(200);
    String read = show().statusCode(200).extract().asString();
    layDown(read).statusCode(200);

    assertThat(show().extract().jsonPath().getString("name")).isEqualTo("Contoso");
    assertThat(show().extract().jsonPath().getList("domains"))
        .containsExactly("Contoso.com", "\u043a\u0442\u0441.\u0440\u0444");
    assertThat(show().extract().jsonPath().getLong("quotas.rowsPerJob")).isEqualTo(1000);
    assertThat(show().extract().jsonPath().getInt("quotas.singleCallsPerMinute")).isEqualTo(60);

    layDown("{}").statusCode(200);

    assertThat(show().extract().jsonPath().getList("domains")).isEmpty();
    assertThat((Object) show().extract().jsonPath().get("quotas.rowsPerJob")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tenant|{\"tenant\": \"another\"}",
        "name|{\"name\": \" \"}",
        "name|{\"name\": \"a\\u0000\"}",
        "name|{\"name\": \"\\ud800\"}",
        "body|\0{\0\0",
        "domains|{\"domains\": [\"user@contoso.com\"]}",
        "domains|{\"domains\": [\"contoso.com\", \"CONTOSO.com\"]}",
        "domains|{\"domains\": \"contoso.com\"}",
        "quotas.openJobs|{\"quotas\": {\"openJobs\": 0}}",
        "quotas.rowsPerJob|{\"quotas\": {\"rowsPerJob\": \"many\"}}",
        "quotas.singleCallsPerMinute|{\"quotas\": {\"singleCallsPerMinute\": 0}}",
        "quotas.perDay|{\"quotas\": {\"perDay\": 1}}",
        "colour|{\"colour\": \"red\"}",
        "body|[]",
        "body|null",
        "body|{",
        "body|",
      })
  void whatCantBeLaidDownIsRefusedWithItsField(String fieldAndBody) {
    String field = fieldAndBody.substring(0, fieldAndBody.indexOf('|'));
    String body = fieldAndBody.substring(fieldAndBody.indexOf('|') + 1);

    ValidatableResponse answer = layDown(body).statusCode(400);

    assertThat(answer.extract().jsonPath().getString("field")).isEqualTo(field);
    show().statusCode(404);
  }

  @Test
  void onlyOperatorsSeeAndLayDown() {
    for (String role : List.of("tenant-admin", "password-admin", "reader", "hr-feed")) {
      tenant.as("ada", role).get(path()).then().statusCode(403);
      tenant.as("ada", role).body("{}").put(path()).then().statusCode(403);
    }
    operator().get("/v1/tenants/No_Tenant").then().statusCode(400);
  }

  @Test
  void newUsersOfOtherDomainsAreRefusedByFileAndSingly() {
    layDown("{\"domains\": [\"Contoso.com\"]}").statusCode(200);

    String id =
        upload(HEADER + "a@CONTOSO.com,A\nb@fabrikam.com,B\n").statusCode(202).extract().path("id");

    List<String> codes =
        tenant
            .admin()
            .get("/v1/jobs/" + id + "/refusals")
            .then()
            .statusCode(200)
            .extract()
            .path("items.refusal.code");
    assertThat(codes).containsExactly("DOMAIN_NOT_ALLOWED");
    assertThat(add("c@fabrikam.com").statusCode(403).extract().<String>path("code"))
        .isEqualTo("DOMAIN_NOT_ALLOWED");
    add("c@contoso.com").statusCode(202);
  }

  @Test
  void aFileWithMoreRowsThanTheQuotaIsTooLarge() {
    layDown("{\"quotas\": {\"rowsPerJob\": 2}}").statusCode(200);

    upload(HEADER + "a@x.com,A\nb@x.com,B\n").statusCode(202);
    ValidatableResponse refused = upload(HEADER + "a@x.com,A\nb@x.com,B\nc@x.com,C\n");

    assertThat(refused.statusCode(422).extract().<String>path("code")).isEqualTo("TOO_LARGE");
    assertThat(refused.extract().<String>path("detail")).contains("more rows than 2", "quota");
  }

  @Test
  void uploadsOfAMinuteAreCountedAlsoThoseThatWereRefused() {
    layDown("{\"quotas\": {\"uploadsPerMinute\": 2}}").statusCode(200);
    upload("").statusCode(422);
    upload(HEADER + "a@x.com,A\n").statusCode(202);

    ValidatableResponse refused = upload(HEADER + "b@x.com,B\n").statusCode(429);

    assertThat(refused.extract().<String>path("code")).isEqualTo("TOO_MANY_REQUESTS");
    assertThat(refused.extract().<String>path("detail")).contains("2 uploads a minute");
    assertThat(Integer.parseInt(refused.extract().header("Retry-After"))).isBetween(25, 30);
    add("c@x.com").statusCode(202);
  }

  @Test
  void uploadsFlowInEvenlyAndNoMoreThanAMinutesAreSavedUp() {
    layDown("{\"quotas\": {\"uploadsPerMinute\": 2}}").statusCode(200);
    upload("").statusCode(422);
    upload("").statusCode(422);
    upload("").statusCode(429);

    passes("uploads_left_at", 31);
    upload("").statusCode(422);
    upload("").statusCode(429);

    passes("uploads_left_at", 100_000);
    upload("").statusCode(422);
    upload("").statusCode(422);
    upload("").statusCode(429);
  }

  @Test
  void singleCallsBeyondTheQuotaAreRefusedBeforeAnythingIsWritten() {
    layDown("{\"quotas\": {\"singleCallsPerMinute\": 12}}").statusCode(200);
    add("a@x.com").statusCode(202);
    add("not a name").statusCode(422);

    ValidatableResponse refused = add("c@x.com").statusCode(429);

    assertThat(refused.extract().<String>path("code")).isEqualTo("TOO_MANY_REQUESTS");
    assertThat(refused.extract().<String>path("detail")).contains("12 calls", "one file");
    assertThat(Integer.parseInt(refused.extract().header("Retry-After"))).isBetween(1, 5);
    assertThat(tenant.jobs()).isEqualTo(1);
    upload(HEADER + "d@x.com,D\n").statusCode(202);

    passes("single_calls_left_at", 5);
    add("c@x.com").statusCode(202);
    add("e@x.com").statusCode(429);
  }

  @Test
  void aTenantWithoutAQuotaOfItsOwnHasTheSystems() {
    CheckingQuotas strict =
        new CheckingQuotas(new Configured(true, 6, Duration.ofSeconds(10)), scope, dataSource);
    strict.ofSingleCall(tenant.name());

    assertThatThrownBy(() -> strict.ofSingleCall(tenant.name()))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(429);
              assertThat(refused.problem().more().get("retryAfter")).isEqualTo(10);
            });
    layDown("{\"quotas\": {\"singleCallsPerMinute\": 6000}}").statusCode(200);
    passes("single_calls_left_at", 1);
    for (int i = 0; i < 20; i++) {
      strict.ofSingleCall(tenant.name());
    }
  }

  @Test
  void openJobsAreBoundedButARepeatStillGetsItsJob() {
    layDown("{\"quotas\": {\"openJobs\": 1}}").statusCode(200);
    String file = HEADER + "a@x.com,A\n";
    String job = keyed("once", file).statusCode(202).extract().path("id");

    assertThat(upload(HEADER + "b@x.com,B\n").statusCode(429).extract().<String>path("detail"))
        .contains("1 open jobs", "cancel");
    assertThat(
            keyed("other", HEADER + "b@x.com,B\n").statusCode(429).extract().<String>path("code"))
        .isEqualTo("TOO_MANY_REQUESTS");
    assertThat(keyed("once", file).statusCode(202).extract().<String>path("id")).isEqualTo(job);
  }

  @Test
  void ofManyUploadsThatEndTogetherNoMoreThanTheQuotaBecomeJobs() {
    layDown("{\"quotas\": {\"openJobs\": 2}}").statusCode(200);
    List<CompletableFuture<Integer>> uploads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String number = Integer.toString(i);
      uploads.add(
          CompletableFuture.supplyAsync(
              () -> keyed(number, HEADER + number + "@x.com,A\n").extract().statusCode()));
    }

    List<Integer> answers = uploads.stream().map(CompletableFuture::join).toList();

    assertThat(answers).filteredOn(status -> status == 202).hasSize(2);
    assertThat(answers).filteredOn(status -> status == 429).hasSize(6);
  }

  @Test
  void whatOperatorsHaveStoppedIsForbidden() {
    layDown("{\"settings\": {\"uploadsAllowed\": false}}").statusCode(200);

    assertThat(upload(HEADER + "a@x.com,A\n").statusCode(403).extract().<String>path("detail"))
        .contains("operators");
    add("a@x.com").statusCode(403);
  }

  @Test
  void unknownTenantsAreTurnedAwayWhereNobodyIsRegisteredByUse() {
    CheckingQuotas strict =
        new CheckingQuotas(new Configured(false, 60, Duration.ofSeconds(10)), scope, dataSource);

    assertThatThrownBy(() -> strict.ofUpload(tenant.name(), false))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> {
              assertThat(refused.problem().code()).isEqualTo("FORBIDDEN");
              assertThat(refused.problem().detail()).contains("isn't registered", "operators");
            });
    show().statusCode(404);
    layDown("{}").statusCode(200);
    assertThat(strict.ofUpload(tenant.name(), false).maxRows()).isEqualTo(Long.MAX_VALUE);
  }

  private record Configured(
      boolean registerAtFirstUse, int singleCallsPerMinute, Duration singleCallBurst)
      implements TenantsConfig {}

  /** Time goes by for one of the tenant's buckets. */
  private void passes(String at, int seconds) {
    io.muster.bulkingest.Tenant.change(
        "UPDATE tenant SET " + at + " = " + at + " - ? * interval '1 second' WHERE tenant_id = ?",
        seconds,
        tenant.name());
  }

  private io.restassured.specification.RequestSpecification operator() {
    return io.muster.bulkingest.Tenant.stranger("operations", "olga", "operator");
  }

  private ValidatableResponse show() {
    return operator().get(path()).then();
  }

  private ValidatableResponse layDown(String json) {
    return operator().contentType("application/json").body(json).put(path()).then();
  }

  private String path() {
    return "/v1/tenants/" + tenant.name();
  }

  private ValidatableResponse upload(String csv) {
    return tenant.tryUpload(csv, "operation=add");
  }

  private ValidatableResponse keyed(String key, String csv) {
    return tenant
        .admin()
        .header("Idempotency-Key", key)
        .contentType("text/csv")
        .body(csv)
        .post("/v1/jobs?operation=add")
        .then();
  }

  private ValidatableResponse add(String name) {
    return tenant
        .admin()
        .contentType("application/json")
        .body(Map.of("userPrincipalName", name, "displayName", "A"))
        .post("/v1/rows?operation=add")
        .then();
  }
}
