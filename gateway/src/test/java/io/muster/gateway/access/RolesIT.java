package io.muster.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import io.muster.gateway.BulkIngestStandIn;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.muster.gateway.LicenseServiceStandIn;
import io.muster.gateway.UserServiceStandIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tries every cell of docs/roles.md with really signed tokens, and holds the page to what was
 * tried. {@code -Dmuster.write-docs=true} writes the page.
 */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class RolesIT {
  private static final String TENANT = "roles";
  private static final String CALLER = "sam@roles.example";
  private static final List<String> ROLES =
      List.of("tenant-admin", "password-admin", "reader", "operator", "hr-feed", "no token");

  private static final String YES = "yes";
  private static final String BY_NUMBER = "by number";
  private static final String FORBIDDEN = "403";
  private static final String UNSEEN = "404";
  private static final String SIGN_IN = "401";

  /**
   * A line of the table.
   *
   * @param call as the page shows it
   * @param status of an answer to who may make the call
   * @param cells in the order of ROLES
   */
  private record Line(String call, String method, String path, int status, List<String> cells) {}

  @Test
  void everyCellOfTheTableIsAsThePageSays() throws IOException {
    JobSnapshot own = finished(TENANT, CALLER);
    JobSnapshot others = finished(TENANT, "ada@roles.example");
    JobSnapshot elsewhere = finished("roles-elsewhere", "eve@elsewhere.example");
    prepare(own, others, elsewhere);
    List<Line> table = table(own, others, elsewhere);
    List<String> wrong = new ArrayList<>();

    for (Line line : table) {
      for (int i = 0; i < ROLES.size(); i++) {
        Response answer = as(ROLES.get(i)).request(line.method(), line.path());
        String found = cell(line, answer);
        if (!found.equals(line.cells().get(i))) {
          wrong.add(
              "%s as %s: %s, expected %s (%d)"
                  .formatted(
                      line.call(), ROLES.get(i), found, line.cells().get(i), answer.statusCode()));
        }
      }
    }

    assertThat(wrong).isEmpty();
    Path page = Path.of(System.getProperty("muster.home"), "docs", "roles.md");
    if (Boolean.getBoolean("muster.write-docs")) {
      Files.writeString(page, page(table));
    }
    assertThat(page).hasContent(page(table));
  }

  @Test
  void listsHoldOnlyWhatTheCallerMaySee() {
    JobSnapshot own = finished("roles-lists", CALLER);
    JobSnapshot others = finished("roles-lists", "ada@roles.example");

    assertThat(ids(Callers.as("roles-lists", CALLER, "tenant-admin")))
        .containsExactly(others.id().toString(), own.id().toString());
    assertThat(ids(Callers.as("roles-lists", CALLER, "password-admin")))
        .containsExactly(own.id().toString());
    assertThat(ids(Callers.as("anywhere", "olga", "operator")))
        .contains(others.id().toString(), own.id().toString());
  }

  private static List<String> ids(RequestSpecification caller) {
    return caller.get("/v1/jobs?limit=1000").then().extract().jsonPath().getList("items.id");
  }

  private static List<Line> table(JobSnapshot own, JobSnapshot others, JobSnapshot elsewhere) {
    List<Line> table = new ArrayList<>();
    table.add(
        line(
            "POST /v1/jobs?operation=set-password",
            "POST",
            "/v1/jobs?operation=set-password",
            202,
            YES,
            YES,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            SIGN_IN));
    table.add(
        line(
            "POST /v1/jobs, any other operation",
            "POST",
            "/v1/jobs?operation=add",
            202,
            YES,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            SIGN_IN));
    table.add(
        line(
            "GET /v1/jobs",
            "GET",
            "/v1/jobs",
            200,
            YES,
            YES,
            FORBIDDEN,
            BY_NUMBER,
            FORBIDDEN,
            SIGN_IN));
    for (String what : List.of("", "/events", "/rows")) {
      String call = "GET /v1/jobs/{id}" + what;
      table.add(
          line(
              call + ", the caller's own",
              "GET",
              "/v1/jobs/" + own.id() + what,
              200,
              YES,
              YES,
              FORBIDDEN,
              BY_NUMBER,
              FORBIDDEN,
              SIGN_IN));
      table.add(
          line(
              call + ", somebody else's",
              "GET",
              "/v1/jobs/" + others.id() + what,
              200,
              YES,
              UNSEEN,
              FORBIDDEN,
              BY_NUMBER,
              FORBIDDEN,
              SIGN_IN));
      table.add(
          line(
              call + ", another tenant's",
              "GET",
              "/v1/jobs/" + elsewhere.id() + what,
              200,
              UNSEEN,
              UNSEEN,
              FORBIDDEN,
              BY_NUMBER,
              FORBIDDEN,
              SIGN_IN));
    }
    String failures = "GET /v1/jobs/{id}/failures.csv";
    table.add(
        line(
            failures + ", the caller's own",
            "GET",
            "/v1/jobs/" + own.id() + "/failures.csv",
            200,
            YES,
            YES,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            SIGN_IN));
    table.add(
        line(
            failures + ", somebody else's",
            "GET",
            "/v1/jobs/" + others.id() + "/failures.csv",
            200,
            YES,
            UNSEEN,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            SIGN_IN));
    table.add(
        line(
            failures + ", another tenant's",
            "GET",
            "/v1/jobs/" + elsewhere.id() + "/failures.csv",
            200,
            UNSEEN,
            UNSEEN,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            SIGN_IN));
    for (String method : List.of("GET", "DELETE")) {
      String credentials = method + " /v1/jobs/{id}/credentials.csv";
      int status = method.equals("GET") ? 200 : 204;
      table.add(
          line(
              credentials + ", the caller's own",
              method,
              "/v1/jobs/" + own.id() + "/credentials.csv",
              status,
              YES,
              YES,
              FORBIDDEN,
              FORBIDDEN,
              FORBIDDEN,
              SIGN_IN));
      table.add(
          line(
              credentials + ", somebody else's",
              method,
              "/v1/jobs/" + others.id() + "/credentials.csv",
              status,
              FORBIDDEN,
              UNSEEN,
              FORBIDDEN,
              FORBIDDEN,
              FORBIDDEN,
              SIGN_IN));
      table.add(
          line(
              credentials + ", another tenant's",
              method,
              "/v1/jobs/" + elsewhere.id() + "/credentials.csv",
              status,
              UNSEEN,
              UNSEEN,
              FORBIDDEN,
              FORBIDDEN,
              FORBIDDEN,
              SIGN_IN));
    }
    table.add(
        line(
            "GET /v1/templates/{operation}.csv",
            "GET",
            "/v1/templates/add.csv",
            200,
            YES,
            YES,
            YES,
            FORBIDDEN,
            FORBIDDEN,
            SIGN_IN));
    table.add(
        line(
            "GET /v1/users",
            "GET",
            "/v1/users",
            200,
            YES,
            YES,
            YES,
            FORBIDDEN,
            FORBIDDEN,
            SIGN_IN));
    table.add(
        line(
            "GET /v1/users/{upn}",
            "GET",
            "/v1/users/sam@roles.example",
            200,
            YES,
            YES,
            YES,
            FORBIDDEN,
            FORBIDDEN,
            SIGN_IN));
    table.add(
        line(
            "POST /v1/users",
            "POST",
            "/v1/users",
            422,
            YES,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            SIGN_IN));
    table.add(
        line(
            "POST /v1/users/{upn}/enable",
            "POST",
            "/v1/users/sam@roles.example/enable",
            422,
            YES,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            SIGN_IN));
    addSubscriptions(table);
    table.add(
        line(
            "POST /v1/users/{upn}/password/verify",
            "POST",
            "/v1/users/sam@roles.example/password/verify",
            200,
            YES,
            YES,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            SIGN_IN));
    table.add(
        line(
            "POST /v1/users/{upn}/password/change, the caller's own",
            "POST",
            "/v1/users/sam@roles.example/password/change",
            200,
            YES,
            YES,
            YES,
            YES,
            YES,
            SIGN_IN));
    table.add(
        line(
            "POST /v1/users/{upn}/password/change, somebody else's",
            "POST",
            "/v1/users/ada@roles.example/password/change",
            200,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            SIGN_IN));
    for (String open :
        List.of(
            "/q/openapi", "/asyncapi.yaml", "/q/health/live", "/q/health/ready", "/q/metrics")) {
      table.add(line("GET " + open, "GET", open, 200, YES, YES, YES, YES, YES, YES));
    }
    return table;
  }

  private static void addSubscriptions(List<Line> table) {
    for (String sku : List.of("", "/{sku}")) {
      table.add(
          line(
              "GET /v1/subscriptions" + sku,
              "GET",
              "/v1/subscriptions" + sku.replace("{sku}", "E3"),
              200,
              YES,
              FORBIDDEN,
              YES,
              FORBIDDEN,
              FORBIDDEN,
              SIGN_IN));
    }
    table.add(
        line(
            "PUT /v1/subscriptions/{sku}",
            "PUT",
            "/v1/subscriptions/E3",
            200,
            YES,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            SIGN_IN));
  }

  private static Line line(String call, String method, String path, int status, String... cells) {
    return new Line(call, method, path, status, List.of(cells));
  }

  private static String cell(Line line, Response answer) {
    int status = answer.statusCode();
    if (status == line.status()) {
      boolean aboutJobs = line.path().startsWith("/v1/jobs") && line.method().equals("GET");
      boolean people = answer.asString().contains("@") || answer.asString().contains("hires.csv");
      return aboutJobs && !people ? BY_NUMBER : YES;
    }
    String code =
        answer.contentType().startsWith("application/problem+json")
            ? answer.jsonPath().getString("code")
            : "no problem document";
    return switch (status + " " + code) {
      case "401 UNAUTHENTICATED" -> SIGN_IN;
      case "403 FORBIDDEN" -> FORBIDDEN;
      case "404 NOT_FOUND" -> UNSEEN;
      default -> status + " " + code;
    };
  }

  private static RequestSpecification as(String role) {
    RequestSpecification request =
        role.equals("no token") ? RestAssured.given() : Callers.as(TENANT, CALLER, role);
    return request.header("X-File-Name", "roles.csv").body("{}");
  }

  private static void prepare(JobSnapshot... jobs) {
    BulkIngestStandIn bulkIngest = BulkIngestStandIn.shared();
    for (JobSnapshot job : jobs) {
      UserServiceStandIn.shared()
          .onPath(
              "/v1/jobs/" + job.id() + "/handout",
              exchange -> {
                boolean delete = exchange.getRequestMethod().equals("DELETE");
                BulkIngestStandIn.answer(
                    exchange,
                    delete ? 204 : 200,
                    (delete
                            ? ""
                            : "{\"items\":[{\"row\":1,\"userPrincipalName\":\"chris@contoso.com\","
                                + "\"password\":\"p\"}],\"whole\":true}")
                        .getBytes(StandardCharsets.UTF_8));
              });
      bulkIngest.hasRows(
          job.id(),
          List.of(
              new io.muster.contracts.job.WrittenRow(
                  1,
                  null,
                  "chris@contoso.com",
                  io.muster.contracts.command.Operation.ADD,
                  new io.muster.contracts.job.WrittenRow.Refusal(
                      io.muster.contracts.result.RowCode.INVALID_VALUE, "chris@contoso.com is bad"),
                  java.util.Map.of("UserPrincipalName", "chris@contoso.com"))));
    }
    bulkIngest.onUpload(
        "roles.csv",
        exchange -> {
          bulkIngest.readAll(exchange);
          BulkIngestStandIn.answer(
              exchange, 202, Jobs.json(Jobs.queued(Jobs.newId(), TENANT, CALLER, 1)));
        });
    bulkIngest.onPath(
        "/v1/rows",
        exchange ->
            BulkIngestStandIn.answer(
                exchange,
                422,
                "{\"code\":\"MISSING_VALUE\",\"title\":\"x\",\"status\":422}"
                    .getBytes(StandardCharsets.UTF_8)));
    UserServiceStandIn.shared().knows("/v1/users", "{\"items\":[],\"next\":null}");
    UserServiceStandIn.shared()
        .knows("/v1/users/sam@roles.example", "{\"userPrincipalName\":\"sam@roles.example\"}");
    LicenseServiceStandIn licenses = LicenseServiceStandIn.shared();
    licenses.answers("GET /v1/subscriptions", 200, "{\"items\":[],\"next\":null}");
    licenses.answers("GET /v1/subscriptions/E3", 200, "{\"sku\":\"E3\"}");
    licenses.answers("PUT /v1/subscriptions/E3", 200, "{\"sku\":\"E3\"}");
    UserServiceStandIn.shared()
        .knows(
            "/v1/users/sam@roles.example/password/verify", "{\"valid\":true,\"mustChange\":false}");
    UserServiceStandIn.shared()
        .knows("/v1/users/sam@roles.example/password/change", "{\"mustChange\":false}");
    UserServiceStandIn.shared()
        .onPath(
            "/v1/users/ada@roles.example/password/change",
            exchange ->
                BulkIngestStandIn.answer(
                    exchange,
                    403,
                    "{\"code\":\"FORBIDDEN\",\"title\":\"x\",\"status\":403}"
                        .getBytes(StandardCharsets.UTF_8)));
  }

  private static JobSnapshot finished(String tenant, String submittedBy) {
    JobSnapshot job =
        Jobs.snapshot(
            Jobs.newId(),
            4,
            tenant,
            submittedBy,
            JobState.FAILED,
            1,
            java.util.Map.of(io.muster.contracts.result.RowCode.INVALID_VALUE, 1L),
            1,
            0);
    try (Bus bus = new Bus()) {
      bus.tell(JobEvent.Type.FINISHED, job);
    }
    await()
        .until(
            () ->
                Callers.as(tenant, submittedBy, "tenant-admin")
                        .get("/v1/jobs/" + job.id())
                        .getStatusCode()
                    == 200);
    return job;
  }

  private static String page(List<Line> table) {
    StringBuilder page =
        new StringBuilder(
            """
            # Who may make which call

            Roles stand in the token's `roles`. The calls that exist, as a test tries them cell by
            cell (`RolesIT`, which also writes this page):

            - **yes**: the caller gets what was asked for, within the tenant, and password-admins
              within their own jobs and their units.
            - **by number**: all tenants' jobs, with counts, codes and row numbers, without
              `submittedBy`, `file.name` and names of users.
            - **401**, **403**, **404**: problems `UNAUTHENTICATED`, `FORBIDDEN`, `NOT_FOUND`. What is
              outside the caller's sight is not found.

            """);
    page.append("| call | ").append(String.join(" | ", ROLES)).append(" |\n|");
    page.append(" --- |".repeat(ROLES.size() + 1)).append('\n');
    for (Line line : table) {
      page.append("| `").append(line.call().replaceFirst(",|$", "`$0")).append(" | ");
      page.append(String.join(" | ", line.cells())).append(" |\n");
    }
    return page.toString();
  }
}
