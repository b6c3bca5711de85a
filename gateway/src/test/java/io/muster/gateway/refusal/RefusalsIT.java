package io.muster.gateway.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.gateway.BulkIngestStandIn;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.UserServiceStandIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whoever tries what they may not do is found in the audit. */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class RefusalsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final UserServiceStandIn users = UserServiceStandIn.shared();

  @Test
  void aRefusedCallIsToldByItsRouteWithTheCallersOwnToken() {
    String token = Callers.token("refusals", "eve-" + UUID.randomUUID(), "reader");

    for (int i = 0; i < 3; i++) {
      RestAssured.given()
          .auth()
          .oauth2(token)
          .post("/v1/users/chris%40contoso.com/disable")
          .then()
          .statusCode(403);
    }
    RestAssured.given().auth().oauth2(token).get("/v1/operations").then().statusCode(403);
    RestAssured.given().auth().oauth2(token).get("/v1/templates/add.csv").then().statusCode(200);

    await().atMost(PATIENCE).until(() -> times(told(token)) == 4);
    assertThat(told(token))
        .extracting(each -> each.path("call").asText())
        .containsOnly("POST /v1/users/{upn}/disable", "GET /v1/operations");
    assertThat(told(token))
        .extracting(each -> each.path("code").asText())
        .containsOnly("FORBIDDEN");
    assertThat(told(token).toString()).doesNotContain("chris");
  }

  @Test
  void aTokenThatIsWorthNothingIsRefusedAndNotedNowhere() {
    String signed = Callers.token("refusals", "eve", "tenant-admin");
    for (String token : List.of("x", "a.b.c", signed.substring(0, signed.length() - 8))) {
      for (String call :
          List.of(
              "/v1/jobs",
              "/v1/users/chris%40contoso.com",
              "/v1/jobs/" + UUID.randomUUID() + "/events",
              "/v1/jobs/" + UUID.randomUUID() + "/results.csv",
              "/v1/operations")) {
        RestAssured.given()
            .urlEncodingEnabled(false)
            .header("Authorization", "Bearer " + token)
            .get(call)
            .then()
            .statusCode(401)
            .body("code", equalTo("UNAUTHENTICATED"));
      }
      RestAssured.given()
          .header("Authorization", "Bearer " + token)
          .body("UPN\n")
          .post("/v1/jobs?operation=enable")
          .then()
          .statusCode(401)
          .body("code", equalTo("UNAUTHENTICATED"));
      RestAssured.given()
          .header("Authorization", "Bearer " + token)
          .get("/scim/v2/Users/" + UUID.randomUUID())
          .then()
          .statusCode(401);
    }
  }

  @Test
  void whoAsksScimForAUserOfSomebodyElseIsToldOf() {
    String token = Callers.token("refusals", "eve-" + UUID.randomUUID(), "tenant-admin");

    users.onPath(
        "/v1/users/lookup",
        exchange ->
            BulkIngestStandIn.answer(
                exchange, 200, "{\"items\":[]}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    try {
      RestAssured.given()
          .auth()
          .oauth2(token)
          .delete("/scim/v2/Users/" + UUID.randomUUID())
          .then()
          .statusCode(404);
    } finally {
      users.forget("/v1/users/lookup");
    }
    RestAssured.given().auth().oauth2(token).get("/scim/v2/Schemas/none").then().statusCode(404);
    RestAssured.given().auth().oauth2(token).get("/v1/jobs/nothing").then().statusCode(404);

    await().atMost(PATIENCE).until(() -> times(told(token)) > 0);
    assertThat(told(token)).hasSize(1);
    assertThat(told(token).get(0).path("call").asText()).isEqualTo("DELETE /scim/v2/Users/{id}");
    assertThat(told(token).get(0).path("code").asText()).isEqualTo("NOT_FOUND");
  }

  @Test
  void whileUserServiceIsAwayRefusalsWait() {
    String token = Callers.token("refusals", "eve-" + UUID.randomUUID(), "reader");
    AtomicInteger tried = new AtomicInteger();
    users.onPath(
        UserServiceStandIn.REFUSALS,
        exchange -> {
          tried.incrementAndGet();
          BulkIngestStandIn.answer(
              exchange,
              503,
              "{\"code\":\"UNAVAILABLE\",\"title\":\"Not available right now\",\"status\":503}"
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        });
    try {
      RestAssured.given().auth().oauth2(token).get("/v1/audit").then().statusCode(403);
      await().atMost(PATIENCE).until(() -> tried.get() >= 2);
    } finally {
      users.forget(UserServiceStandIn.REFUSALS);
    }

    await().atMost(PATIENCE).until(() -> times(told(token)) == 1);
  }

  private List<JsonNode> told(String token) {
    List<JsonNode> told = new ArrayList<>();
    for (List<String> each : users.refusals()) {
      if (each.get(0).equals("Bearer " + token)) {
        try {
          new JsonMapper().readTree(each.get(1)).forEach(told::add);
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
    return told;
  }

  private static int times(List<JsonNode> told) {
    return told.stream().mapToInt(each -> each.path("times").asInt()).sum();
  }
}
