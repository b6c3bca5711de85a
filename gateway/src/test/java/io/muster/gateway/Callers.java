package io.muster.gateway;

import io.muster.localstack.testing.TestPlatform;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.util.Set;

/** Requests with really signed tokens. */
public final class Callers {
  private Callers() {}

  public static RequestSpecification admin(String tenant) {
    return as(tenant, "ada@" + tenant + ".example", "tenant-admin");
  }

  public static RequestSpecification as(String tenant, String subject, String role) {
    return RestAssured.given().auth().oauth2(token(tenant, subject, role));
  }

  public static String token(String tenant, String subject, String role) {
    return TestPlatform.shared().token(tenant, subject, Set.of(role), Set.of());
  }
}
