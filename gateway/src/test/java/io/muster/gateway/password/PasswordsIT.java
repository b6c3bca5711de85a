package io.muster.gateway.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.gateway.BulkIngestStandIn;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.UserServiceStandIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class PasswordsIT {
  private static final String NAME = "a+b c#ü@passwords.example";

  private final UserServiceStandIn users = UserServiceStandIn.shared();

  @Test
  void verifyingIsPassedThroughAsItIs() {
    BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    users.onPath(
        "/v1/users/" + NAME + "/password/verify",
        exchange -> {
          bodies.add(
              exchange.getRequestMethod()
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer(exchange, 200, "{\"valid\":true,\"mustChange\":true}");
        });

    Response answer =
        Callers.as("passwords", "pat", "password-admin")
            .body("{\"password\":\"  geheim ü\"}".getBytes(StandardCharsets.UTF_8))
            .post("/v1/users/{upn}/password/verify", NAME);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.asString()).isEqualTo("{\"valid\":true,\"mustChange\":true}");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(bodies).containsExactly("POST {\"password\":\"  geheim ü\"}");
  }

  @Test
  void refusalsArePassedOnWithTheTimeToComeBack() {
    users.onPath(
        "/v1/users/slow@passwords.example/password/verify",
        exchange ->
            answer(
                exchange,
                429,
                "{\"code\":\"TOO_MANY_REQUESTS\",\"title\":\"x\",\"status\":429,\"retryAfter\":6}"));
    users.onPath(
        "/v1/users/wrong@passwords.example/password/change",
        exchange ->
            answer(
                exchange,
                403,
                "{\"code\":\"FORBIDDEN\",\"title\":\"x\",\"status\":403,\"field\":\"current\"}"));

    Response slow =
        Callers.admin("passwords")
            .body("{}")
            .post("/v1/users/slow@passwords.example/password/verify");
    Response wrong =
        Callers.as("passwords", "wrong@passwords.example", "nobody-special")
            .body("{}")
            .post("/v1/users/wrong@passwords.example/password/change");

    assertThat(slow.statusCode()).isEqualTo(429);
    assertThat(slow.header("Retry-After")).isEqualTo("6");
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(wrong.jsonPath().getString("field")).isEqualTo("current");
  }

  @Test
  void whatIsNoProblemDocumentIsAnOutage() {
    users.onPath(
        "/v1/users/odd@passwords.example/password/verify",
        exchange -> answer(exchange, 500, "<html>"));

    Response odd =
        Callers.admin("passwords")
            .body("{}")
            .post("/v1/users/odd@passwords.example/password/verify");

    assertThat(odd.statusCode()).isEqualTo(503);
    assertThat(odd.jsonPath().getString("code")).isEqualTo("UNAVAILABLE");
  }

  @Test
  void aBodyTooLargeIsRefused() {
    assertThat(
            Callers.admin("passwords")
                .body(new byte[2 * 1024 * 1024])
                .post("/v1/users/u@x.com/password/verify")
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void strangersAndOtherRolesAreTurnedAway() {
    assertThat(
            Callers.as("passwords", "rita", "reader")
                .body("{}")
                .post("/v1/users/u@x.com/password/verify")
                .statusCode())
        .isEqualTo(403);
    for (String verb : new String[] {"verify", "change"}) {
      assertThat(
              RestAssured.given()
                  .body("{}")
                  .post("/v1/users/u@x.com/password/" + verb)
                  .statusCode())
          .isEqualTo(401);
    }
  }

  private static void answer(com.sun.net.httpserver.HttpExchange exchange, int status, String body)
      throws java.io.IOException {
    BulkIngestStandIn.answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }
}
