package io.muster.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import io.muster.contracts.job.WrittenRow;
import io.muster.contracts.result.RowCode;
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
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
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
  private static final String SCIM_ID = "01990f3c-7a10-7cc0-8a2e-5f6d1f0a9b11";
  private static final List<String> ROLES =
      List.of("tenant-admin", "password-admin", "reader", "operator", "hr-feed", "no token");

  private static final String YES = "yes";
  private static final String BY_NUMBER = "by number";
  private static final String FORBIDDEN = "403";
  private static final String UNSEEN = "404";
  private static final String SIGN_IN = "401";

  /** Calls on a job: method, what stands behind its id, status, and whether operators may. */
  private static final List<List<String>> ON_A_JOB =
      List.of(
          List.of("GET", "", "200", BY_NUMBER),
          List.of("GET", "/events", "200", BY_NUMBER),
          List.of("GET", "/rows", "200", BY_NUMBER),
          List.of("GET", "/results.csv", "200", FORBIDDEN),
          List.of("GET", "/failures.csv", "200", FORBIDDEN),
          List.of("POST", "/pause", "202", BY_NUMBER),
          List.of("POST", "/resume", "202", BY_NUMBER),
          List.of("POST", "/cancel", "202", BY_NUMBER),
          List.of("POST", "/close", "202", FORBIDDEN),
          List.of("POST", "/run", "202", FORBIDDEN),
          List.of("POST", "/retry", "202", FORBIDDEN),
          List.of("POST", "/undo", "202", FORBIDDEN));

  /** Call as the page shows it, path, status of who may, cells; SAM is the caller. */
  private static final String OTHER_CALLS =
      """
      GET  /v1/templates/{operation}.csv | /v1/templates/add.csv | 200 | yes yes yes 403 403 401
      GET  /v1/users | = | 200 | yes yes yes 403 403 401
      GET  /v1/users/{upn} | /v1/users/SAM | 200 | yes yes yes 403 403 401
      POST /v1/users | = | 422 | yes 403 403 403 403 401
      PATCH /v1/users/{upn} | /v1/users/SAM | 422 | yes 403 403 403 403 401
      DELETE /v1/users/{upn} | /v1/users/SAM | 422 | yes 403 403 403 403 401
      POST /v1/users/{upn}/enable | /v1/users/SAM/enable | 422 | yes 403 403 403 403 401
      POST /v1/users/{upn}/disable | /v1/users/SAM/disable | 422 | yes 403 403 403 403 401
      POST /v1/users/{upn}/restore | /v1/users/SAM/restore | 422 | yes 403 403 403 403 401
      PUT  /v1/users/{upn}/licenses | /v1/users/SAM/licenses | 422 | yes 403 403 403 403 401
      PUT  /v1/users/{upn}/password | /v1/users/SAM/password | 422 | yes yes 403 403 403 401
      POST /v1/users/{upn}/password/verify | /v1/users/SAM/password/verify | 200 | yes yes 403 403 403 401
      POST /v1/users/{upn}/password/change, the caller's own | /v1/users/SAM/password/change | 200 | yes yes yes yes yes 401
      POST /v1/users/{upn}/password/change, somebody else's | /v1/users/ada@roles.example/password/change | 200 | 403 403 403 403 403 401
      GET  /v1/subscriptions | = | 200 | yes 403 yes 403 403 401
      GET  /v1/subscriptions/{sku} | /v1/subscriptions/E3 | 200 | yes 403 yes 403 403 401
      PUT  /v1/subscriptions/{sku} | /v1/subscriptions/E3 | 200 | yes 403 403 403 403 401
      GET  /v1/audit | = | 200 | yes 403 403 403 403 401
      GET  /v1/dead-letters | = | 200 | yes 403 403 yes 403 401
      GET  /v1/dead-letters/{id}, one that isn't there | /v1/dead-letters/none | 404 | yes 403 403 yes 403 401
      POST /v1/dead-letters/{id}/redrive, one that isn't there | /v1/dead-letters/none/redrive | 404 | yes 403 403 yes 403 401
      POST /v1/hr/events | = | 400 | yes 403 403 403 yes 401
      GET  /v1/hr/events | = | 200 | yes 403 403 403 403 401
      GET  /v1/hr/scheduled | = | 200 | yes 403 403 403 403 401
      GET  /v1/hr/feed | = | 200 | yes 403 403 403 403 401
      POST /v1/hr/feed/release | = | 202 | yes 403 403 403 403 401
      GET  /v1/operations | = | 200 | 403 403 403 yes 403 401
      POST /v1/operations/dispatch/pause | = | 200 | 403 403 403 yes 403 401
      POST /v1/operations/dispatch/resume | = | 200 | 403 403 403 yes 403 401
      GET  /v1/tenants/{tenant} | /v1/tenants/roles | 200 | 403 403 403 yes 403 401
      PUT  /v1/tenants/{tenant} | /v1/tenants/roles | 200 | 403 403 403 yes 403 401
      GET /scim/v2/ServiceProviderConfig | = | 200 | yes 403 403 403 403 401
      GET /scim/v2/ResourceTypes | = | 200 | yes 403 403 403 403 401
      GET /scim/v2/ResourceTypes/{id} | /scim/v2/ResourceTypes/User | 200 | yes 403 403 403 403 401
      GET /scim/v2/Schemas | = | 200 | yes 403 403 403 403 401
      GET /scim/v2/Schemas/{id} | /scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User | 200 | yes 403 403 403 403 401
      GET /scim/v2/Users | = | 200 | yes 403 403 403 403 401
      POST /scim/v2/Users | = | 400 | yes 403 403 403 403 401
      POST /scim/v2/Users/.search | = | 400 | yes 403 403 403 403 401
      GET /scim/v2/Users/{id} | /scim/v2/Users/SCIM | 200 | yes 403 403 403 403 401
      PUT /scim/v2/Users/{id} | /scim/v2/Users/SCIM | 400 | yes 403 403 403 403 401
      PATCH /scim/v2/Users/{id} | /scim/v2/Users/SCIM | 400 | yes 403 403 403 403 401
      DELETE /scim/v2/Users/{id} | /scim/v2/Users/SCIM | 400 | yes 403 403 403 403 401
      POST /scim/v2/Bulk | = | 400 | yes 403 403 403 403 401
      GET  /q/openapi | = | 200 | yes yes yes yes yes yes
      GET  /asyncapi.yaml | = | 200 | yes yes yes yes yes yes
      GET  /q/health/live | = | 200 | yes yes yes yes yes yes
      GET  /q/health/ready | = | 200 | yes yes yes yes yes yes
      GET  /q/metrics | = | 200 | yes yes yes yes yes yes
      """;

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
        Response answer = as(ROLES.get(i), line.path()).request(line.method(), line.path());
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
  void everyDescribedCallStandsInTheTable() {
    Map<String, Map<String, Object>> paths =
        RestAssured.get("/q/openapi?format=json").jsonPath().getMap("paths");
    JobSnapshot any = Jobs.queued(Jobs.newId(), TENANT, CALLER, 1);
    List<String> tried =
        table(any, any, any).stream().map(line -> line.call().replaceFirst("[,?].*", "")).toList();

    paths.forEach(
        (path, calls) ->
            calls.keySet().stream()
                .filter(key -> !key.equals("parameters"))
                .map(method -> method.toUpperCase(Locale.ROOT) + " " + path)
                .forEach(call -> assertThat(tried).contains(call)));
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
    String upload = "POST /v1/jobs?operation=set-password";
    table.add(line(upload, upload.substring(5), 202, "yes yes 403 403 403 401"));
    table.add(
        line(
            "POST /v1/jobs, any other operation",
            "/v1/jobs?operation=add",
            202,
            "yes 403 403 403 403 401"));
    table.add(line("GET /v1/jobs", "/v1/jobs", 200, "yes yes 403 number 403 401"));
    for (List<String> call : ON_A_JOB) {
      String name = call.get(0) + " /v1/jobs/{id}" + call.get(1);
      int status = Integer.parseInt(call.get(2));
      String operator = call.get(3).equals(BY_NUMBER) ? "number" : call.get(3);
      String rest = " 403 " + operator + " 403 401";
      String behind = call.get(1);
      table.add(line(name + ", the caller's own", path(own, behind), status, "yes yes" + rest));
      table.add(line(name + ", somebody else's", path(others, behind), status, "yes 404" + rest));
      table.add(
          line(name + ", another tenant's", path(elsewhere, behind), status, "404 404" + rest));
    }
    for (String method : List.of("GET", "DELETE")) {
      String call = method + " /v1/jobs/{id}/credentials.csv";
      String behind = "/credentials.csv";
      int status = method.equals("GET") ? 200 : 204;
      String rest = " 403 403 403 401";
      table.add(line(call + ", the caller's own", path(own, behind), status, "yes yes" + rest));
      table.add(line(call + ", somebody else's", path(others, behind), status, "403 404" + rest));
      table.add(
          line(call + ", another tenant's", path(elsewhere, behind), status, "404 404" + rest));
    }
    OTHER_CALLS
        .lines()
        .map(text -> text.split(" \\| "))
        .forEach(
            text -> {
              String call = text[0].replaceAll(" +", " ");
              String path = text[1].equals("=") ? call.substring(call.indexOf(' ') + 1) : text[1];
              table.add(
                  line(
                      call,
                      path.replace("SAM", CALLER).replace("SCIM", SCIM_ID),
                      Integer.parseInt(text[2]),
                      text[3]));
            });
    return table;
  }

  private static String path(JobSnapshot job, String behind) {
    return "/v1/jobs/" + job.id() + behind;
  }

  private static Line line(String call, String path, int status, String cells) {
    String method = call.substring(0, call.indexOf(' '));
    List<String> words =
        Stream.of(cells.split(" ")).map(cell -> cell.replace("number", BY_NUMBER)).toList();
    return new Line(call, method, path, status, words);
  }

  private static String cell(Line line, Response answer) {
    int status = answer.statusCode();
    if (status == line.status()) {
      boolean aboutJobs = line.path().startsWith("/v1/jobs") && !line.method().equals("DELETE");
      boolean people = answer.asString().contains("@") || answer.asString().contains("hires.csv");
      return aboutJobs && !people ? BY_NUMBER : YES;
    }
    String code =
        answer.contentType().startsWith("application/problem+json")
            ? answer.jsonPath().getString("code")
            : inScim(answer);
    return switch (status + " " + code) {
      case "401 UNAUTHENTICATED" -> SIGN_IN;
      case "403 FORBIDDEN" -> FORBIDDEN;
      case "404 NOT_FOUND" -> UNSEEN;
      default -> status + " " + code;
    };
  }

  /** SCIM's errors have a status and no code. */
  private static String inScim(Response answer) {
    boolean isError =
        answer.contentType().startsWith("application/scim+json")
            && answer.jsonPath().getString("schemas[0]").endsWith(":Error");
    if (!isError) {
      return "no problem document";
    }
    return switch (answer.jsonPath().getString("status")) {
      case "401" -> "UNAUTHENTICATED";
      case "403" -> "FORBIDDEN";
      default -> "NOT_FOUND";
    };
  }

  private static RequestSpecification as(String role, String path) {
    RequestSpecification request =
        role.equals("no token") ? RestAssured.given() : Callers.as(TENANT, CALLER, role);
    return request
        .header("X-File-Name", "roles.csv")
        .body(path.endsWith("/licenses") ? "{\"licenses\":[]}" : "{}");
  }

  private static void prepare(JobSnapshot... jobs) {
    for (JobSnapshot job : jobs) {
      prepare(job);
    }
    BulkIngestStandIn bulkIngest = BulkIngestStandIn.shared();
    bulkIngest.onUpload(
        "roles.csv",
        exchange -> {
          bulkIngest.readAll(exchange);
          BulkIngestStandIn.answer(
              exchange, 202, Jobs.json(Jobs.queued(Jobs.newId(), TENANT, CALLER, 1)));
        });
    answers("/v1/rows", 422, "{\"code\":\"MISSING_VALUE\",\"title\":\"x\",\"status\":422}");
    for (String path :
        List.of(
            "/v1/operations",
            "/v1/operations/dispatch/pause",
            "/v1/operations/dispatch/resume",
            "/v1/hr/events",
            "/v1/hr/scheduled",
            "/v1/hr/feed",
            "/v1/hr/feed/release",
            "/v1/tenants/roles")) {
      answers(path, 200, "{}");
    }
    UserServiceStandIn users = UserServiceStandIn.shared();
    answers("/v1/orders", 400, "{\"code\":\"INVALID_REQUEST\",\"title\":\"x\",\"status\":400}");
    users.knows("/v1/users/count", "{\"count\":0}");
    users.knows(
        "/v1/users/lookup",
        "{\"items\":[{\"id\":\"%s\",\"userPrincipalName\":\"sam@roles.example\"}]}"
            .formatted(SCIM_ID));
    users.knows("/v1/users", "{\"items\":[],\"next\":null}");
    users.knows("/v1/audit", "{\"items\":[],\"next\":null}");
    users.knows("/v1/users/" + CALLER, "{\"userPrincipalName\":\"sam@roles.example\"}");
    users.knows("/v1/users/" + CALLER + "/password/verify", "{\"valid\":true}");
    users.knows("/v1/users/" + CALLER + "/password/change", "{\"mustChange\":false}");
    users.onPath(
        "/v1/users/ada@roles.example/password/change",
        exchange ->
            BulkIngestStandIn.answer(
                exchange, 403, bytes("{\"code\":\"FORBIDDEN\",\"title\":\"x\",\"status\":403}")));
    LicenseServiceStandIn licenses = LicenseServiceStandIn.shared();
    licenses.answers("GET /v1/subscriptions", 200, "{\"items\":[],\"next\":null}");
    licenses.answers("GET /v1/subscriptions/E3", 200, "{\"sku\":\"E3\"}");
    licenses.answers("PUT /v1/subscriptions/E3", 200, "{\"sku\":\"E3\"}");
  }

  private static void prepare(JobSnapshot job) {
    UserServiceStandIn.shared()
        .onPath(
            "/v1/jobs/" + job.id() + "/handout",
            exchange -> {
              boolean delete = exchange.getRequestMethod().equals("DELETE");
              String passwords =
                  "{\"items\":[{\"row\":1,\"userPrincipalName\":\"chris@contoso.com\","
                      + "\"password\":\"p\"}],\"whole\":true}";
              BulkIngestStandIn.answer(
                  exchange, delete ? 204 : 200, bytes(delete ? "" : passwords));
            });
    List<WrittenRow> rows = new ArrayList<>();
    for (long number = 1; number <= job.total(); number++) {
      rows.add(
          new WrittenRow(
              number,
              null,
              "chris@contoso.com",
              Operation.ADD,
              number == 1
                  ? new WrittenRow.Refusal(RowCode.INVALID_VALUE, "chris@contoso.com is bad")
                  : null,
              Map.of("UserPrincipalName", "chris@contoso.com")));
    }
    BulkIngestStandIn.shared().hasRows(job.id(), rows);
    for (String verb : List.of("pause", "resume", "cancel", "close", "run", "retry", "undo")) {
      answers(
          "/v1/jobs/" + job.id() + "/" + verb,
          202,
          new String(Jobs.json(job), StandardCharsets.UTF_8));
    }
  }

  private static void answers(String path, int status, String json) {
    BulkIngestStandIn.shared()
        .onPath(path, exchange -> BulkIngestStandIn.answer(exchange, status, bytes(json)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A job with a row refused at the door, one that went through and one that a service refused. */
  private static JobSnapshot finished(String tenant, String submittedBy) {
    JobSnapshot job =
        Jobs.snapshot(
            Jobs.newId(),
            4,
            tenant,
            submittedBy,
            JobState.PARTIALLY_FAILED,
            3,
            Map.of(RowCode.INVALID_VALUE, 1L),
            3,
            2);
    try (Bus bus = new Bus()) {
      bus.tell(JobEvent.Type.FINISHED, job);
      bus.send(
          List.of(
              Bus.added(job, 2),
              Bus.refused(job, 3, RowCode.USER_NOT_FOUND, "chris@contoso.com isn't there")));
    }
    await()
        .untilAsserted(
            () ->
                Callers.as(tenant, submittedBy, "tenant-admin")
                    .get("/v1/jobs/" + job.id())
                    .then()
                    .statusCode(200)
                    .body("rows.failed", equalTo(2))
                    .body("rows.succeeded", equalTo(1)));
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
