package io.muster.gateway.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.muster.contracts.job.JobSnapshot;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class ChangingAUserIT {
  private static final String TENANT = "adding";
  private static final String CHRIS =
      "{\"userPrincipalName\":\"chris@adding.example\",\"displayName\":\"Chris\"}";

  @Test
  void answersTheUserAndItsJobWhenTheRowSucceeded() {
    JobSnapshot job = Jobs.single(Jobs.newId(), TENANT, "ada");
    rowsEndWith(job, one -> Bus.added(one, 1));
    UserServiceStandIn.shared()
        .knows(
            "/v1/users/chris@adding.example",
            "{\"userPrincipalName\":\"chris@adding.example\",\"state\":\"DISABLED\"}");

    Callers.admin(TENANT)
        .body(CHRIS)
        .post("/v1/users")
        .then()
        .statusCode(201)
        .body("state", equalTo("DISABLED"))
        .body("licenses", empty())
        .body("job", equalTo(job.id().toString()));
    Callers.admin(TENANT)
        .get("/v1/jobs/" + job.id())
        .then()
        .body("source", equalTo("SINGLE"))
        .body("file", equalTo(null));
    Callers.admin(TENANT).get("/v1/jobs").then().body("items", empty());
    Callers.admin(TENANT)
        .get("/v1/jobs?source=single")
        .then()
        .body("items.id", org.hamcrest.Matchers.hasItem(job.id().toString()));
  }

  @Test
  void answersTheRefusalOfTheRow() {
    JobSnapshot job = Jobs.single(Jobs.newId(), TENANT, "ada");
    rowsEndWith(job, one -> Bus.refused(one, 1, RowCode.USER_ALREADY_EXISTS, null));

    Callers.admin(TENANT)
        .body(CHRIS)
        .post("/v1/users")
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("USER_ALREADY_EXISTS"))
        .body("field", equalTo("userPrincipalName"))
        .body("remedy", equalTo(RowCode.USER_ALREADY_EXISTS.remedy()))
        .body("job", equalTo(job.id().toString()));
  }

  @Test
  void answersTheJobWhenTheCallerDoesNotWantToWaitLonger() {
    JobSnapshot job = Jobs.single(Jobs.newId(), TENANT, "ada");
    rowsEndWith(job, one -> null);

    Callers.admin(TENANT)
        .header("Prefer", "respond-async, wait=0")
        .body(CHRIS)
        .post("/v1/users")
        .then()
        .statusCode(202)
        .header("Location", org.hamcrest.Matchers.endsWith("/v1/jobs/" + job.id()))
        .body("id", equalTo(job.id().toString()))
        .body("rows.total", equalTo(1));
  }

  @Test
  void passesARefusalAtTheDoorOn() {
    BulkIngestStandIn.shared()
        .onPath(
            "/v1/rows",
            exchange ->
                BulkIngestStandIn.answer(
                    exchange,
                    422,
                    """
                    {"code":"MISSING_VALUE","title":"The row was refused","status":422,
                     "detail":"DisplayName is missing.","field":"displayName"}"""
                        .getBytes(StandardCharsets.UTF_8)));

    Callers.admin(TENANT)
        .body("{\"userPrincipalName\":\"x@adding.example\"}")
        .post("/v1/users")
        .then()
        .statusCode(422)
        .body("code", equalTo("MISSING_VALUE"))
        .body("field", equalTo("displayName"));
  }

  /** bulk-ingest-service accepts the row, and its result is on the bus by then. */
  private static void rowsEndWith(JobSnapshot job, Function<JobSnapshot, RowResult> end) {
    BulkIngestStandIn.shared()
        .onPath(
            "/v1/rows",
            exchange -> {
              assertThat(exchange.getRequestURI().getQuery()).isEqualTo("operation=add");
              exchange.getRequestBody().readAllBytes();
              RowResult result = end.apply(job);
              if (result != null) {
                try (Bus bus = new Bus()) {
                  bus.send(List.of(result));
                }
              }
              BulkIngestStandIn.answer(exchange, 202, Jobs.json(job));
            });
  }
}
