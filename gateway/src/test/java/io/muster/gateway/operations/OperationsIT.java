package io.muster.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItems;

import io.muster.contracts.topic.Topics;
import io.muster.gateway.BulkIngestStandIn;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.UserServiceStandIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class OperationsIT {
  /** A call as bulk-ingest-service got it: method, address, body. */
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  @Test
  void tellsLagAndDeadLettersBesideWhatTheDispatcherTells() {
    answers("/v1/operations", "{\"window\":{\"millis\":300},\"shares\":[]}");
    int before = deadLetters();

    try (Bus bus = new Bus()) {
      bus.sendGarbage(Topics.ROW_RESULTS.name(), "no result".getBytes(StandardCharsets.UTF_8));
    }

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                operator()
                    .get("/v1/operations")
                    .then()
                    .statusCode(200)
                    .body("window.millis", equalTo(300))
                    .body("lag.group", hasItems("gateway", "gateway.job-events"))
                    .body(
                        "lag.findAll { it.group == 'gateway' && it.topic == 'muster.row-results' }"
                            + ".records",
                        equalTo(java.util.List.of(0)))
                    .body(
                        "deadLetters.find { it.topic == 'muster.row-results.dead-letters' }.records",
                        greaterThanOrEqualTo(before + 1)));
  }

  @Test
  void theSwitchIsPassedOnForAllOrOneTenant() throws Exception {
    for (String verb : new String[] {"pause", "resume"}) {
      answers("/v1/operations/dispatch/" + verb, "{\"paused\":true}");

      operator()
          .post("/v1/operations/dispatch/" + verb)
          .then()
          .statusCode(200)
          .body("paused", equalTo(true));
      operator().post("/v1/operations/dispatch/" + verb + "?tenant=contoso").then().statusCode(200);

      assertThat(asked.poll(5, TimeUnit.SECONDS))
          .isEqualTo("POST /v1/operations/dispatch/" + verb + " ");
      assertThat(asked.poll(5, TimeUnit.SECONDS))
          .isEqualTo("POST /v1/operations/dispatch/" + verb + "?tenant=contoso ");
    }
  }

  @Test
  void tenantsAreReadAndSet() throws Exception {
    answers("/v1/tenants/contoso", "{\"tenant\":\"contoso\",\"domains\":[\"contoso.com\"]}");

    operator()
        .get("/v1/tenants/contoso")
        .then()
        .statusCode(200)
        .body("domains[0]", equalTo("contoso.com"));
    operator()
        .body("{\"domains\":[\"contoso.com\"]}")
        .put("/v1/tenants/contoso")
        .then()
        .statusCode(200);

    assertThat(asked.poll(5, TimeUnit.SECONDS)).isEqualTo("GET /v1/tenants/contoso ");
    assertThat(asked.poll(5, TimeUnit.SECONDS))
        .isEqualTo("PUT /v1/tenants/contoso {\"domains\":[\"contoso.com\"]}");
  }

  @Test
  void theAuditIsReadPageByPage() {
    UserServiceStandIn.shared().knows("/v1/audit", "{\"items\":[{\"row\":1}],\"next\":\"n\"}");
    BlockingQueue<String> users = UserServiceStandIn.shared().asked();
    users.clear();

    Callers.admin("auditing")
        .urlEncodingEnabled(false)
        .get("/v1/audit?user=chris%40contoso.com&limit=1")
        .then()
        .statusCode(200)
        .body("items[0].row", equalTo(1))
        .body("next", equalTo("n"));

    assertThat(users.poll()).isEqualTo("/v1/audit?user=chris%40contoso.com&limit=1");
  }

  private int deadLetters() {
    return operator()
        .get("/v1/operations")
        .jsonPath()
        .getInt("deadLetters.find { it.topic == 'muster.row-results.dead-letters' }.records");
  }

  private static RequestSpecification operator() {
    return Callers.as("anywhere", "olga", "operator");
  }

  private void answers(String path, String json) {
    BulkIngestStandIn.shared()
        .onPath(
            path,
            exchange -> {
              asked.add(
                  exchange.getRequestMethod()
                      + " "
                      + exchange.getRequestURI()
                      + " "
                      + new String(
                          exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
              BulkIngestStandIn.answer(exchange, 200, json.getBytes(StandardCharsets.UTF_8));
            });
  }
}
