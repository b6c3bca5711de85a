package io.muster.bulkingest.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.StandInServices;
import io.muster.bulkingest.Tenant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators see, and the switch that stops dispatch. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class OperationsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static StandInServices services;

  private final Tenant tenant = new Tenant("ops");
  private final Tenant other = new Tenant("ops");

  @BeforeAll
  static void start() {
    services = new StandInServices();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    services.close();
  }

  @AfterEach
  void release() {
    operator().post("/v1/operations/dispatch/resume").then().statusCode(200);
  }

  @Test
  void aHaltedTenantsJobsStayAsTheyAreAndOthersGoOn() {
    UUID job = tenant.upload(Tenant.users(20_000), "operation=add&maxFailures=100%");
    await().atMost(PATIENCE).until(() -> services.rows(job).size() > 500);

    switchDispatch("pause?tenant=" + tenant.name())
        .body("pausedTenants", Matchers.hasItem(tenant.name()));
    services.answer(job, command -> true);

    await("its lease is given back").atMost(PATIENCE).until(() -> tenant.isReleased(job));
    Object intended = tenant.checkpoint(job).get("intended_row");
    assertThat((long) intended).isLessThan(20_000);
    assertThat(tenant.state(job)).isEqualTo("RUNNING");
    UUID others = other.upload(Tenant.users(10), "operation=add");
    services.answer(others, command -> true);
    other.await(others, "SUCCEEDED");
    assertThat(tenant.checkpoint(job)).containsEntry("intended_row", intended);

    switchDispatch("resume?tenant=" + tenant.name());
    tenant.await(job, "SUCCEEDED");
  }

  @Test
  void whenAllAreHaltedNothingIsDispatchedUntilAllAreReleased() {
    switchDispatch("pause").body("paused", Matchers.is(true));
    UUID job = tenant.upload(Tenant.users(10), "operation=add");
    services.answer(job, command -> true);
    switchDispatch("pause?tenant=" + other.name());
    UUID others = other.upload(Tenant.users(10), "operation=add");
    services.answer(others, command -> true);

    assertThat(tenant.checkpoint(job)).containsEntry("intended_row", 0L);
    switchDispatch("resume");
    tenant.await(job, "SUCCEEDED");
    assertThat(other.checkpoint(others)).containsEntry("intended_row", 0L);
    assertThat(other.state(others)).isEqualTo("QUEUED");
    switchDispatch("resume?tenant=" + other.name());
    other.await(others, "SUCCEEDED");
  }

  @Test
  void theOverviewTellsNumbersOfAllTenantsAndNothingPersonal() {
    UUID job =
        UUID.fromString(
            tenant
                .admin()
                .contentType("text/csv")
                .header("X-File-Name", "leavers.csv")
                .body("UserPrincipalName,DisplayName\ngrace@x.com,Grace Hopper\n")
                .post("/v1/jobs?operation=add&startAt=2999-01-01T00:00:00Z")
                .then()
                .statusCode(202)
                .extract()
                .path("id"));

    String text =
        operator().get("/v1/operations").then().statusCode(200).extract().body().asString();

    JsonPath page = JsonPath.from(text);
    assertThat(page.getLong("window.rows")).isPositive();
    assertThat(page.getLong("spools.count")).isPositive();
    assertThat(page.getLong("spools.bytes")).isPositive();
    assertThat(page.getString("spools.oldest")).isNotNull();
    List<Map<String, Object>> jobs = page.getList("jobs");
    assertThat(jobs)
        .filteredOn(each -> each.get("id").equals(job.toString()))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each).containsEntry("state", "QUEUED").containsEntry("total", 1);
              assertThat(each).containsEntry("tenant", tenant.name());
            });
    List<Map<String, Object>> tenants = page.getList("tenants");
    assertThat(tenants)
        .filteredOn(each -> each.get("tenant").equals(tenant.name()))
        .singleElement()
        .satisfies(each -> assertThat(each).containsEntry("waitingRows", 1));
    assertThat(text).doesNotContain("grace", "Grace", "leavers", "\"ada\"");
  }

  @Test
  void onlyOperatorsLookAndSwitch() {
    for (RequestSpecification someone :
        List.of(tenant.admin(), tenant.as("pat", "password-admin"), tenant.as("rob", "reader"))) {
      someone.get("/v1/operations").then().statusCode(403);
      someone.post("/v1/operations/dispatch/pause").then().statusCode(403);
      someone.post("/v1/operations/dispatch/resume").then().statusCode(403);
    }
    operator().post("/v1/operations/dispatch/pause?tenant=Not A Tenant").then().statusCode(400);
  }

  private static ValidatableResponse switchDispatch(String call) {
    return operator().post("/v1/operations/dispatch/" + call).then().statusCode(200);
  }

  private static RequestSpecification operator() {
    return Tenant.stranger("operations", "olaf", "operator");
  }
}
