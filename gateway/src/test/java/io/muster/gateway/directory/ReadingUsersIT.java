package io.muster.gateway.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.LicenseServiceStandIn;
import io.muster.gateway.LicenseServiceStandIn.Asked;
import io.muster.gateway.UserServiceStandIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class ReadingUsersIT {
  private final UserServiceStandIn users = UserServiceStandIn.shared();
  private final LicenseServiceStandIn licenses = LicenseServiceStandIn.shared();

  @Test
  void relaysAPageAndAddsLicenses() {
    users.knows(
        "/v1/users",
        "{\"items\":[{\"userPrincipalName\":\"ü@directory.example\"}],\"next\":\"n\"}");
    BlockingQueue<String> asked = users.asked();
    asked.clear();

    Callers.as("directory", "rita", "reader")
        .urlEncodingEnabled(false)
        .get("/v1/users?query=gr%C3%BCn%26a&limit=5")
        .then()
        .statusCode(200)
        .body("items[0].userPrincipalName", equalTo("ü@directory.example"))
        .body("items[0].licenses", empty())
        .body("next", equalTo("n"));

    assertThat(asked.poll()).isEqualTo("/v1/users?query=gr%C3%BCn%26a&limit=5");
  }

  @Test
  void relaysAUserWhateverTheNameHolds() {
    users.knows("/v1/users/a+b c#ü@directory.example", "{\"state\":\"DISABLED\"}");

    Callers.as("directory", "rita", "reader")
        .get("/v1/users/{upn}", "a+b c#ü@directory.example")
        .then()
        .statusCode(200)
        .body("state", equalTo("DISABLED"))
        .body("licenses", empty());
  }

  @Test
  void relaysThatThereIsNone() {
    Callers.as("directory", "rita", "reader")
        .get("/v1/users/nobody@directory.example")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("NOT_FOUND"));
  }

  @Test
  void whatIsNoNameIsNotAskedFor() {
    users.knows("/v1/users/count", "{\"count\":5}");

    Callers.as("directory", "rita", "reader").get("/v1/users/count").then().statusCode(404);
  }

  @Test
  void addsThePagesLicensesByOneLookUp() {
    users.knows(
        "/v1/users",
        """
        {"items":[{"userPrincipalName":"Ada@directory.example","state":"ACTIVE"},
                  {"userPrincipalName":"gone@directory.example","state":"REMOVED"},
                  {"userPrincipalName":"bob@directory.example","state":"DISABLED"}],"next":null}""");
    String e3 = "[{\"sku\":\"E3\",\"assignedAt\":\"2026-01-01T00:00:00Z\"}]";
    licenses.holds("Ada@directory.example", e3);
    licenses.holds("gone@directory.example", e3);
    BlockingQueue<Asked> asked = licenses.asked();
    asked.clear();

    Callers.as("directory", "rita", "reader")
        .get("/v1/users")
        .then()
        .statusCode(200)
        .body("items[0].licenses.sku", contains("E3"))
        .body("items[0].licenses.assignedAt", contains("2026-01-01T00:00:00Z"))
        .body("items[1].licenses", empty())
        .body("items[2].licenses", empty());

    assertThat(asked)
        .containsExactly(
            new Asked(
                "POST",
                "/v1/assignments/lookup",
                "[\"Ada@directory.example\",\"bob@directory.example\"]"));
  }

  @Test
  void saysThatItIsUnavailableWhileLicenseServiceIsAway() {
    users.knows(
        "/v1/users/eve@directory.example", "{\"userPrincipalName\":\"eve@directory.example\"}");
    licenses.away(true);
    try {
      Callers.as("directory", "rita", "reader")
          .get("/v1/users/eve@directory.example")
          .then()
          .statusCode(503)
          .header("Retry-After", equalTo("2"))
          .body("code", equalTo("UNAVAILABLE"));
    } finally {
      licenses.away(false);
    }
  }
}
