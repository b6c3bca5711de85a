package io.muster.gateway.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.contracts.command.Part;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.gateway.BulkIngestStandIn;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.muster.gateway.UserServiceStandIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation on one user: what the row holds that goes in, and what the caller hears. */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class SingleCallsIT {
  private static final String TENANT = "singles";
  private static final String CHRIS = "chris@singles.example";
  private static final Set<Part> BOTH = Set.of(Part.USER, Part.LICENSE);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a call asked bulk-ingest-service for. */
  private record Row(String operation, JsonNode fields) {}

  private final BlockingQueue<Row> rows = new LinkedBlockingQueue<>();
  private final JobSnapshot job = Jobs.single(Jobs.newId(), TENANT, "ada");

  @BeforeEach
  void chrisIsThere() {
    userIs("ACTIVE", "SET");
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH,  /v1/users/{upn},          set",
    "DELETE, /v1/users/{upn},          remove",
    "POST,   /v1/users/{upn}/enable,   enable",
    "POST,   /v1/users/{upn}/disable,  disable",
    "POST,   /v1/users/{upn}/restore,  restore",
    "PUT,    /v1/users/{upn}/password, set-password"
  })
  void everyCallIsAJobOfOneRowThatEndsWithTheUser(String method, String path, String operation)
      throws Exception {
    rowEndsWith(applied(Part.USER, null, Set.of(Part.USER)));

    call(method, path, null)
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("userPrincipalName", equalTo(CHRIS))
        .body("licenses", empty())
        .body("job", equalTo(job.id().toString()))
        .body("$", not(hasKey("message")));

    Row row = rows.poll(5, TimeUnit.SECONDS);
    assertThat(row.operation()).isEqualTo(operation);
    assertThat(row.fields().path("userPrincipalName").asText()).isEqualTo(CHRIS);
  }

  @Test
  void aRemovedUserIsAnsweredAsRemoved() {
    userIs("REMOVED", "SET");
    rowEndsWith(applied(Part.USER, null, BOTH), applied(Part.LICENSE, null, BOTH));

    call("DELETE", "/v1/users/{upn}", null)
        .then()
        .statusCode(200)
        .body("state", equalTo("REMOVED"));
  }

  @Test
  void aChangeClearsWhatIsNullAndLeavesAloneWhatIsAbsent() throws Exception {
    rowEndsWith(applied(Part.USER, null, Set.of(Part.USER)));

    call(
            "PATCH",
            "/v1/users/{upn}",
            """
            {"userPrincipalName":"CHRIS@singles.example","department":null,"office":"-",
             "jobTitle":"Lead","protected":true}\
            """)
        .then()
        .statusCode(200);

    assertThat(rows.poll(5, TimeUnit.SECONDS).fields())
        .isEqualTo(
            JSON.readTree(
                """
                {"department":"-","office":"-","jobTitle":"Lead","protected":true,
                 "userPrincipalName":"chris@singles.example"}\
                """));
  }

  @Test
  void anotherNameInTheBodyIsRefusedBeforeAnybodyIsAsked() {
    call("PATCH", "/v1/users/{upn}", "{\"userPrincipalName\":\"kim@singles.example\"}")
        .then()
        .statusCode(422)
        .body("code", equalTo("IMMUTABLE"))
        .body("field", equalTo("userPrincipalName"))
        .body("remedy", equalTo(RowCode.IMMUTABLE.remedy()));

    assertThat(rows).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PATCH | /v1/users/{upn} | {\"department\":\"\"} | department",
        "PATCH | /v1/users/{upn} | {\"protected\":null} | protected",
        "PATCH | /v1/users/{upn} | {\"licenses\":[]} | licenses",
        "PATCH | /v1/users/{upn} | {\"password\":\"x\"} | password",
        "POST | /v1/users/{upn}/disable | {\"licenses\":[]} | licenses",
        "POST | /v1/users/{upn}/restore | {\"unit\":\"a\"} | unit",
        "PUT | /v1/users/{upn}/password | {\"licenses\":[]} | licenses",
        "PUT | /v1/users/{upn}/licenses | {} | licenses",
        "PUT | /v1/users/{upn}/licenses | {\"licenses\":null} | licenses",
        "PUT | /v1/users/{upn}/licenses | {\"licenses\":[\"E3;E5\"]} | licenses",
        "PUT | /v1/users/{upn}/licenses | {\"licenses\":[\"-\"]} | licenses",
        "PUT | /v1/users/{upn}/licenses | {\"licenses\":[\" \"]} | licenses"
      })
  void namesTheFieldThatACallDoesNotTake(String method, String path, String body, String field) {
    call(method, path, body)
        .then()
        .statusCode(400)
        .body("code", equalTo("INVALID_REQUEST"))
        .body("field", equalTo(field));

    assertThat(rows).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[\"E3\",\"VISIO\"] | [\"E3\",\"VISIO\"]", "[] | [\"-\"]"})
  void licensesAreTheExactSetAndNoneClears(String asked, String row) throws Exception {
    rowEndsWith(applied(Part.USER, null, BOTH), applied(Part.LICENSE, null, BOTH));

    call("PUT", "/v1/users/{upn}/licenses", "{\"licenses\":" + asked + "}").then().statusCode(200);

    Row sent = rows.poll(5, TimeUnit.SECONDS);
    assertThat(sent.operation()).isEqualTo("set-licenses");
    assertThat(sent.fields().path("licenses")).isEqualTo(JSON.readTree(row));
  }

  @Test
  void aGeneratedPasswordIsAnsweredThisOnceAndAGivenOneNever() {
    userIs("ACTIVE", "GENERATED");
    rowEndsWith(applied(Part.USER, null, Set.of(Part.USER)));
    handsOut("Xk7-Generated");

    call("PUT", "/v1/users/{upn}/password", "{\"mustChangePassword\":true}")
        .then()
        .statusCode(200)
        .body("password", equalTo("Xk7-Generated"));

    userIs("ACTIVE", "SET");
    call("PUT", "/v1/users/{upn}/password", "{\"password\":\"a given one\"}")
        .then()
        .statusCode(200)
        .body("$", not(hasKey("password")));
  }

  @Test
  void noOtherOperationTakesAGeneratedPasswordAway() {
    userIs("ACTIVE", "GENERATED");
    rowEndsWith(applied(Part.USER, null, Set.of(Part.USER)));
    handsOut("Xk7-Generated");

    call("PATCH", "/v1/users/{upn}", "{\"unit\":\"Shops\"}")
        .then()
        .statusCode(200)
        .body("$", not(hasKey("password")));
  }

  @Test
  void restoringSaysWhichSeatsWereHeld() {
    rowEndsWith(
        applied(Part.LICENSE, "Held E3 and VISIO when it was removed.", BOTH),
        applied(Part.USER, null, BOTH));

    call("POST", "/v1/users/{upn}/restore", null)
        .then()
        .statusCode(200)
        .body("message", equalTo("Held E3 and VISIO when it was removed."));
  }

  @ParameterizedTest
  @CsvSource({
    "USER_NOT_FOUND,            404, userPrincipalName",
    "USER_REMOVED,              409, userPrincipalName",
    "SUPERSEDED,                409, ",
    "SECRET_EXPIRED,            409, password",
    "NO_SEATS_LEFT,             409, licenses",
    "PROTECTED_ACCOUNT,         403, ",
    "OUTSIDE_YOUR_UNIT,         403, ",
    "UNSUPPORTED_PASSWORD_HASH, 422, passwordHash"
  })
  void aRefusedRowIsAnsweredWithItsCodesStatus(RowCode code, int status, String field) {
    rowEndsWith(Bus.refused(job, 1, code, "Because."));

    call("PUT", "/v1/users/{upn}/licenses", "{\"licenses\":[\"E3\"]}")
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code.name()))
        .body("detail", equalTo("Because."))
        .body("field", equalTo(field))
        .body("remedy", equalTo(code.remedy()))
        .body("job", equalTo(job.id().toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "PATCH"})
  void whoDoesNotWantToWaitGetsTheJob(String method) {
    rowEndsWith();

    as().header("Prefer", "wait=0")
        .request(method, "/v1/users/{upn}", CHRIS)
        .then()
        .statusCode(202)
        .header("Location", endsWith("/v1/jobs/" + job.id()))
        .body("id", equalTo(job.id().toString()));
  }

  @Test
  void whoCallsTooOftenHearsForHowLongToWait() {
    BulkIngestStandIn.shared()
        .onPath(
            "/v1/rows",
            exchange ->
                BulkIngestStandIn.answer(
                    exchange,
                    429,
                    """
                    {"code":"TOO_MANY_REQUESTS","title":"Too many requests","status":429,
                     "detail":"This tenant's quota is 12 calls.","retryAfter":7}\
                    """
                        .getBytes(StandardCharsets.UTF_8)));

    call("PATCH", "/v1/users/{upn}", "{\"office\":\"1\"}")
        .then()
        .statusCode(429)
        .header("Retry-After", "7")
        .contentType("application/problem+json")
        .body("code", equalTo("TOO_MANY_REQUESTS"))
        .body("detail", equalTo("This tenant's quota is 12 calls."));
  }

  private Response call(String method, String path, String body) {
    RequestSpecification caller = as();
    if (body != null) {
      caller.body(body);
    }
    return caller.request(method, path, CHRIS);
  }

  private static RequestSpecification as() {
    return Callers.admin(TENANT);
  }

  private RowResult applied(Part part, String detail, Set<Part> parts) {
    return new RowResult(TENANT, job.id(), 1, part, PartOutcome.APPLIED, null, detail, parts);
  }

  private static void userIs(String state, String credential) {
    UserServiceStandIn.shared()
        .knows(
            "/v1/users/" + CHRIS,
            "{\"userPrincipalName\":\"%s\",\"state\":\"%s\",\"credential\":\"%s\"}"
                .formatted(CHRIS, state, credential));
  }

  private void handsOut(String password) {
    UserServiceStandIn.shared()
        .knows("/v1/jobs/" + job.id() + "/handout/take", "{\"password\":\"" + password + "\"}");
  }

  /** bulk-ingest-service accepts the row, and its results are on the bus by then. */
  private void rowEndsWith(RowResult... ends) {
    BulkIngestStandIn.shared()
        .onPath(
            "/v1/rows",
            exchange -> {
              rows.add(
                  new Row(
                      exchange.getRequestURI().getQuery().split("=")[1],
                      JSON.readTree(
                          new String(
                              exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))));
              try (Bus bus = new Bus()) {
                bus.send(List.of(ends));
              }
              BulkIngestStandIn.answer(exchange, 202, Jobs.json(job));
            });
  }
}
