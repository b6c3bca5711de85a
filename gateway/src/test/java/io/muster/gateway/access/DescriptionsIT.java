package io.muster.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import io.muster.gateway.GatewayPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class DescriptionsIT {
  @Test
  void everyCallIsDescribedWithASummary() {
    JsonPath api =
        RestAssured.get("/q/openapi?format=json").then().statusCode(200).extract().jsonPath();

    assertThat(api.getString("openapi")).startsWith("3.1");
    Map<String, Map<String, Map<String, Object>>> paths = api.getMap("paths");
    assertThat(paths.keySet())
        .contains(
            "/v1/jobs",
            "/v1/jobs/{id}",
            "/v1/jobs/{id}/events",
            "/v1/jobs/{id}/rows",
            "/v1/jobs/{id}/failures.csv",
            "/v1/templates/{operation}.csv",
            "/v1/users",
            "/v1/users/{upn}",
            "/v1/subscriptions",
            "/v1/subscriptions/{sku}");
    paths.forEach(
        (path, calls) ->
            calls.forEach(
                (method, call) ->
                    assertThat((String) call.get("summary")).as(method + path).isNotBlank()));
  }

  @Test
  void theTopicsAreDescribedToo() {
    RestAssured.get("/asyncapi.yaml").then().statusCode(200).body(startsWith("asyncapi: 3.0.0"));
  }

  @Test
  void whatIsNotThereIsAProblem() {
    RestAssured.get("/v1/nothing").then().statusCode(404).contentType("application/problem+json");
  }
}
