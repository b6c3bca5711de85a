package io.muster.gateway.access;

import static org.hamcrest.Matchers.startsWith;

import io.muster.gateway.GatewayPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class DescriptionsIT {
  @Test
  void theTopicsAreDescribedToo() {
    RestAssured.get("/asyncapi.yaml").then().statusCode(200).body(startsWith("asyncapi: 3.0.0"));
  }

  @Test
  void whatIsNotThereIsAProblem() {
    RestAssured.get("/v1/nothing").then().statusCode(404).contentType("application/problem+json");
  }
}
