package io.muster.user.account;

import static io.muster.user.account.People.Person.named;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.user.UserServicePlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class CountingAccountsIT {
  private final People people = new People();

  @Test
  void accountsAreCountedByState() throws Exception {
    new People().are(named("x@contoso.com", "Of another tenant"));
    people.are(
        named("a@contoso.com", "A"),
        named("b@contoso.com", "B"),
        named("c@contoso.com", "C").in("DISABLED"),
        named("d@contoso.com", "D").in("REMOVED"));

    assertThat(count("tenant-admin", "?state=ACTIVE").jsonPath().getMap(""))
        .isEqualTo(java.util.Map.of("count", 2));
    assertThat(count("tenant-admin", "?state=DISABLED").jsonPath().getLong("count")).isEqualTo(1);
    assertThat(count("tenant-admin", "?state=REMOVED").jsonPath().getLong("count")).isEqualTo(1);
    assertThat(count("tenant-admin", "").jsonPath().getLong("count")).isEqualTo(3);
    assertThat(count("tenant-admin", "?state=GONE").statusCode()).isEqualTo(400);
    for (String role : new String[] {"reader", "password-admin", "operator"}) {
      assertThat(count(role, "?state=ACTIVE").statusCode()).as(role).isEqualTo(403);
    }
  }

  private Response count(String role, String query) {
    return given().auth().oauth2(people.token(role)).get("/v1/users/count" + query);
  }
}
