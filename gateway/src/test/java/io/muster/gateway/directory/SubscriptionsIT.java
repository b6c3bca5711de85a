package io.muster.gateway.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.LicenseServiceStandIn;
import io.muster.gateway.LicenseServiceStandIn.Asked;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class SubscriptionsIT {
  private static final String TENANT = "subscriptions";

  private final LicenseServiceStandIn licenses = LicenseServiceStandIn.shared();
  private final BlockingQueue<Asked> asked = licenses.asked();

  @BeforeEach
  void forgetEarlierCalls() {
    asked.clear();
  }

  @Test
  void relaysAPageWithItsQuery() {
    licenses.answers(
        "GET /v1/subscriptions", 200, "{\"items\":[{\"sku\":\"Büro\"}],\"next\":\"n\"}");

    Callers.as(TENANT, "rita", "reader")
        .get("/v1/subscriptions?limit=1&after=QQ")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("items[0].sku", equalTo("Büro"))
        .body("next", equalTo("n"));

    assertThat(asked.poll().path()).isEqualTo("/v1/subscriptions?limit=1&after=QQ");
  }

  @Test
  void relaysASubscriptionWhateverItsSkuHolds() {
    licenses.answers("GET /v1/subscriptions/a/b c+ü", 200, "{\"totalSeats\":5}");

    Callers.as(TENANT, "rita", "reader")
        .get("/v1/subscriptions/{sku}", "a/b c+ü")
        .then()
        .statusCode(200)
        .body("totalSeats", equalTo(5));

    assertThat(asked.poll().path()).isEqualTo("/v1/subscriptions/a%2Fb%20c%2B%C3%BC");
  }

  @Test
  void passesAChangeOnAsItIs() {
    licenses.answers("PUT /v1/subscriptions/E3", 200, "{\"sku\":\"E3\",\"totalSeats\":7}");

    Callers.admin(TENANT)
        .contentType("application/json")
        .body("{\"totalSeats\": 7}")
        .put("/v1/subscriptions/E3")
        .then()
        .statusCode(200)
        .body("totalSeats", equalTo(7));

    assertThat(asked.poll())
        .isEqualTo(new Asked("PUT", "/v1/subscriptions/E3", "{\"totalSeats\": 7}"));
  }

  @Test
  void relaysARefusal() {
    licenses.answers(
        "PUT /v1/subscriptions/F1",
        409,
        """
        {"code":"SEATS_IN_USE","title":"More seats are assigned than that","status":409,
         "detail":"2 seats of F1 are assigned."}""");

    Callers.admin(TENANT)
        .body("{\"totalSeats\": 1}")
        .put("/v1/subscriptions/F1")
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("SEATS_IN_USE"))
        .body("detail", equalTo("2 seats of F1 are assigned."));
  }

  @Test
  void relaysThatThereIsNone() {
    Callers.as(TENANT, "rita", "reader")
        .get("/v1/subscriptions/nothing")
        .then()
        .statusCode(404)
        .body("code", equalTo("NOT_FOUND"));
  }

  @Test
  void saysThatItIsUnavailableWhileLicenseServiceIsAway() {
    licenses.away(true);
    try {
      Callers.as(TENANT, "rita", "reader")
          .get("/v1/subscriptions")
          .then()
          .statusCode(503)
          .header("Retry-After", equalTo("2"))
          .body("code", equalTo("UNAVAILABLE"));
    } finally {
      licenses.away(false);
    }
  }

  @Test
  void aBodyBeyondTheLimitIsRefusedBeforeAnybodyIsAsked() {
    Callers.admin(TENANT)
        .body("x".repeat(1024 * 1024 + 1))
        .put("/v1/subscriptions/E3")
        .then()
        .statusCode(413);

    assertThat(asked).isEmpty();
  }
}
