package io.muster.license.subscription;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.muster.license.LicenseServicePlatform;
import io.muster.license.SeatsDatabase;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(LicenseServicePlatform.class)
class SubscriptionsIT {
  private final TestPlatform platform = TestPlatform.shared();
  private final String tenant = SeatsDatabase.aTenant();

  @Test
  void aSubscriptionIsMadeAndChangedAndShown() {
    put("E3", "{\"totalSeats\": 10, \"name\": \"Office 365 E3\"}")
        .then()
        .statusCode(200)
        .body("sku", equalTo("E3"))
        .body("name", equalTo("Office 365 E3"))
        .body("totalSeats", equalTo(10))
        .body("assignedSeats", equalTo(0))
        .body("freeSeats", equalTo(10));

    put("E3", "{\"totalSeats\": 12}").then().statusCode(200);

    assertThat(as("reader").get("/v1/subscriptions/E3").jsonPath().getMap(""))
        .isEqualTo(
            Map.of(
                "sku", "E3",
                "name", "Office 365 E3",
                "totalSeats", 12,
                "assignedSeats", 0,
                "freeSeats", 12));
  }

  @Test
  void withoutANameTheSkuIsTheNameAndAnAnswerCanBeSentBack() {
    Response made = put("F1", "{\"totalSeats\": 1}");

    assertThat(made.jsonPath().getString("name")).isEqualTo("F1");
    assertThat(put("F1", made.asString()).asString()).isEqualTo(made.asString());
  }

  @Test
  void totalCannotGoBelowAssigned() {
    String holders = SeatsDatabase.shared().aTenantWithSeats(5, "E3");
    aHolder(holders, "ada@contoso.com", "E3");
    aHolder(holders, "bob@contoso.com", "E3");

    Response refused = put(holders, "E3", "{\"totalSeats\": 1}");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.contentType()).startsWith("application/problem+json");
    assertThat(refused.jsonPath().getString("code")).isEqualTo("SEATS_IN_USE");
    assertThat(refused.jsonPath().getString("detail")).contains("2 seats of E3");
    assertThat(put(holders, "E3", "{\"totalSeats\": 2}").jsonPath().getInt("freeSeats")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"totalSeats\": -1}                       | totalSeats",
        "{\"totalSeats\": 2147483648}               | totalSeats",
        "{\"totalSeats\": 1.5}                      | totalSeats",
        "{\"totalSeats\": \"10\"}                   | totalSeats",
        "{\"totalSeats\": null}                     | totalSeats",
        "{\"name\": \"E3\"}                         | totalSeats",
        "{\"totalSeats\": 1, \"name\": 5}           | name",
        "{\"totalSeats\": 1, \"name\": \" \"}       | name",
        "{\"totalSeats\": 1, \"name\": \"a\\u0000\"}| name",
        "{\"totalSeats\": 1, \"seats\": 5}          | seats",
        "{\"totalSeats\": 1, \"totalSeats\": 2}     |",
        "[]                                         |",
        "''                                         |",
        "{\"totalSeats\": 1                         |",
      })
  void badBodiesAreRefusedWithTheFieldToBlame(String body, String field) {
    Response refused = put("E3", body);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.jsonPath().getString("code")).isEqualTo("INVALID_REQUEST");
    assertThat(refused.jsonPath().getString("field")).isEqualTo(field);
    assertThat(as("reader").get("/v1/subscriptions/E3").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A/B", "Büro 365", "a+b&c", "x%2Fy", "x.y~z", "席"})
  void aSkuIsFoundUnderItsNameWhateverItHolds(String sku) {
    assertThat(put(sku, "{\"totalSeats\": 1}").jsonPath().getString("sku")).isEqualTo(sku);
    assertThat(as("reader").get("/v1/subscriptions/{sku}", sku).jsonPath().getString("sku"))
        .isEqualTo(sku);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a;b", " a", "-"})
  void whatIsNoSkuIsRefused(String sku) {
    Response refused = put(sku, "{\"totalSeats\": 1}");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.jsonPath().getString("field")).isEqualTo("sku");
  }

  @Test
  void pagesFollowEachOtherToTheEnd() {
    for (String sku : List.of("b", "C", "a", "Ä")) {
      put(sku, "{\"totalSeats\": 1}");
    }
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonPath page = as("reader").get("/v1/subscriptions?limit=3" + next).jsonPath();
      seen.addAll(page.getList("items.sku", String.class));
      next = page.get("next") == null ? null : "&after=" + page.getString("next");
    } while (next != null);

    assertThat(seen).containsExactly("C", "a", "b", "Ä");
  }

  @Test
  void badParametersAreNamed() {
    for (String bad : List.of("limit=0", "limit=1001", "limit=x", "after=%21", "after=AAAA")) {
      Response refused = as("reader").urlEncodingEnabled(false).get("/v1/subscriptions?" + bad);
      assertThat(refused.statusCode()).as(bad).isEqualTo(400);
      assertThat(refused.jsonPath().getString("field")).isEqualTo(bad.split("=")[0]);
    }
  }

  @Test
  void readersReadAdminsWriteAndOthersAreTurnedAway() {
    put("E3", "{\"totalSeats\": 1}");

    for (String role : List.of("password-admin", "operator", "hr-feed", "nonsense")) {
      assertThat(as(role).get("/v1/subscriptions").statusCode()).as(role).isEqualTo(403);
      assertThat(as(role).get("/v1/subscriptions/E3").statusCode()).as(role).isEqualTo(403);
    }
    for (String role : List.of("reader", "password-admin", "operator", "hr-feed")) {
      Response refused = as(role).body("{\"totalSeats\": 2}").put("/v1/subscriptions/E3");
      assertThat(refused.statusCode()).as(role).isEqualTo(403);
      assertThat(refused.jsonPath().getString("code")).isEqualTo("FORBIDDEN");
    }
    assertThat(given().get("/v1/subscriptions").statusCode()).isEqualTo(401);
    assertThat(given().body("[]").post("/v1/assignments/lookup").statusCode()).isEqualTo(401);
  }

  @Test
  void anotherTenantsSubscriptionsAreNotThere() {
    put("E3", "{\"totalSeats\": 1}");
    String elsewhere = SeatsDatabase.aTenant();

    Response page = as(elsewhere, "tenant-admin").get("/v1/subscriptions");

    assertThat(page.jsonPath().getList("items")).isEmpty();
    assertThat(as(elsewhere, "tenant-admin").get("/v1/subscriptions/E3").statusCode())
        .isEqualTo(404);
  }

  @Test
  void manyWhoMakeTheSameSubscriptionAtOnceAllSucceed() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String body = "{\"totalSeats\": " + (i + 1) + "}";
      calls.add(() -> put("E3", body).statusCode());
    }

    for (Future<Integer> status : threads.invokeAll(calls)) {
      assertThat(status.get()).isEqualTo(200);
    }
    threads.shutdown();
  }

  @Test
  void aLookupTellsWhatEachUserHoldsInTheOrderOfAsking() {
    String holders = SeatsDatabase.shared().aTenantWithSeats(5, "F1", "E3");
    aHolder(holders, "Ada@contoso.com", "F1", "E3");

    JsonPath found =
        as(holders, "password-admin")
            .body(
                "[\"nobody@contoso.com\", \"ADA@contoso.com\", \"a\\u0000b\", \"ada@contoso.com\"]")
            .post("/v1/assignments/lookup")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();

    assertThat(found.getList("userPrincipalName"))
        .containsExactly("nobody@contoso.com", "ADA@contoso.com", "a\u0000b", "ada@contoso.com");
    assertThat(found.getList("[0].licenses")).isEmpty();
    assertThat(found.getList("[1].licenses.sku")).containsExactly("E3", "F1");
    assertThat(found.getString("[1].licenses[0].assignedAt")).matches("\\d{4}-.*T.*Z");
    assertThat(found.getList("[2].licenses")).isEmpty();
    assertThat(found.getList("[3].licenses.sku")).containsExactly("E3", "F1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1]", "[null]", "[", "\0[\0\0", "\"ada@contoso.com\""})
  void aLookupOfAnythingElseIsRefused(String body) {
    Response refused = as("reader").body(body).post("/v1/assignments/lookup");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.jsonPath().getString("code")).isEqualTo("INVALID_REQUEST");
  }

  @Test
  void aLookupTakes1000NamesAndNotOneMore() {
    String thousand = "\"a\"" + ",\"a\"".repeat(999);

    assertThat(as("reader").body("[" + thousand + "]").post("/v1/assignments/lookup").statusCode())
        .isEqualTo(200);
    assertThat(
            as("reader")
                .body("[" + thousand + ",\"a\"]")
                .post("/v1/assignments/lookup")
                .statusCode())
        .isEqualTo(400);
  }

  private static void aHolder(String tenant, String upn, String... skus) {
    SeatsDatabase.shared().holds(tenant, upn, skus);
  }

  private Response put(String sku, String body) {
    return put(tenant, sku, body);
  }

  private Response put(String of, String sku, String body) {
    return as(of, "tenant-admin").body(body).put("/v1/subscriptions/{sku}", sku);
  }

  private RequestSpecification as(String role) {
    return as(tenant, role);
  }

  private RequestSpecification as(String of, String role) {
    return given()
        .contentType("application/json; charset=utf-8")
        .auth()
        .oauth2(platform.token(of, "someone", Set.of(role), Set.of()));
  }
}
