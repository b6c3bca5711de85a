package io.muster.user;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.UserCommand;
import io.muster.localstack.testing.TestPlatform;
import io.muster.sealing.Secret;
import io.muster.sealing.password.PasswordSealer;
import io.muster.user.audit.refused.RefusedCalls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class AuditIT {
  @ConfigProperty(name = "muster.passwords.public-keys")
  Path publicKeys;

  @Inject RefusedCalls refusedCalls;

  private final String tenant = Jobs.aTenant();
  private Bus bus;

  @BeforeEach
  void connect() {
    bus = new Bus();
  }

  @AfterEach
  void disconnect() {
    bus.close();
  }

  @Test
  void aChangeTellsWhoDidWhatWhenByWhichRowAndNoSecret() throws Exception {
    Jobs adding = Jobs.aJobOf(tenant);
    send(adding, List.of(adding.add(1, "Ada@x.com", "department", "Research")));
    Jobs enabling = Jobs.aJobOf(tenant);
    String sealed =
        PasswordSealer.open(publicKeys, tenant, Clock.systemUTC())
            .seal("ada@x.com", Secret.of("Vorn-Lapi-92-Xk4"));
    send(enabling, List.of(enabling.enable(1, "ada@x.com", sealed)));

    Response answer = audit("job=" + enabling.id);
    Map<String, Object> entry = answer.jsonPath().getMap("items[0]");

    assertThat(answer.jsonPath().getList("items")).hasSize(1);
    assertThat(entry)
        .containsEntry("kind", "CHANGE")
        .containsEntry("actor", "ada@" + tenant + ".example")
        .containsEntry("role", "tenant-admin")
        .containsEntry("job", enabling.id.toString())
        .containsEntry("row", 1)
        .containsEntry("operation", "ENABLE")
        .containsEntry("user", "ada@x.com")
        .containsEntry("code", null)
        .containsEntry(
            "before",
            Map.of("state", "DISABLED", "credential", "NONE", "mustChangePassword", false))
        .containsEntry(
            "after", Map.of("state", "ACTIVE", "credential", "SET", "mustChangePassword", true));
    assertThat(entry.get("time").toString()).startsWith("20").endsWith("Z");
    assertThat(audit("job=" + adding.id).jsonPath().getMap("items[0].after.properties"))
        .containsEntry("department", "Research");
    for (String secret :
        Tables.strings(
            """
            SELECT id::text FROM credential WHERE tenant_id = ?
            UNION ALL SELECT hash FROM credential WHERE tenant_id = ?
            """,
            tenant,
            tenant)) {
      assertThat(audit("").asString()).doesNotContain(secret).doesNotContain("credentialId");
    }
  }

  @Test
  void refusedAttemptsAndUndosAreThereToo() throws Exception {
    Jobs adding = Jobs.aJobOf(tenant);
    send(adding, List.of(adding.add(1, "a@x.com")));
    Jobs job = Jobs.aJobOf(tenant);
    UserCommand enable = job.enable(1, "a@x.com", null);
    send(job, List.of(enable, job.enable(2, "nobody@x.com", null)));
    bus.send(List.of(job.undo(enable)));
    assertThat(bus.receive(job.id, 1)).hasSize(1);

    JsonPath entries = audit("job=" + job.id).jsonPath();

    assertThat(entries.getList("items.kind")).containsExactly("CHANGE", "UNDO", "CHANGE");
    assertThat(entries.getList("items.row")).containsExactly(2, 1, 1);
    assertThat(entries.getList("items.code")).containsExactly("USER_NOT_FOUND", null, null);
    assertThat(entries.getString("items[1].after.state")).isEqualTo("DISABLED");
    assertThat(entries.<Object>get("items[0].after")).isNull();
  }

  @Test
  void refusedCallsStandBetweenTheChangesOfTheTenantOfTheCaller() throws Exception {
    Jobs adding = Jobs.aJobOf(tenant);
    send(adding, List.of(adding.add(1, "a@x.com")));
    refused("2026-02-03T04:05:06Z", "POST /v1/hr/events", "FORBIDDEN", 3).statusCode(204);
    Jobs more = Jobs.aJobOf(tenant);
    send(more, List.of(more.add(1, "b@x.com")));

    JsonPath entries = audit("").jsonPath();

    assertThat(entries.getList("items.kind")).containsExactly("CHANGE", "CALL", "CHANGE");
    assertThat(entries.<String, Object>getMap("items[1]"))
        .containsEntry("time", "2026-02-03T04:05:06Z")
        .containsEntry("actor", "eve")
        .containsEntry("role", "reader")
        .containsEntry("operation", "POST /v1/hr/events")
        .containsEntry("code", "FORBIDDEN")
        .containsEntry("user", null)
        .containsEntry("job", null)
        .containsEntry("after", Map.of("times", 3));
    String next = audit("limit=1").jsonPath().getString("next");
    assertThat(audit("limit=1&after=" + next).jsonPath().getList("items.kind"))
        .containsExactly("CALL");
    assertThat(audit("user=a@x.com").jsonPath().getList("items.kind")).containsExactly("CHANGE");
    assertThat(
            given()
                .auth()
                .oauth2(
                    TestPlatform.shared()
                        .token(Jobs.aTenant(), "ada", Set.of("tenant-admin"), Set.of()))
                .get("/v1/audit")
                .jsonPath()
                .getList("items"))
        .isEmpty();
  }

  @Test
  void aRefusedCallThatNamesMoreThanItsRouteIsNotTaken() {
    refused("2026-02-03T04:05:06Z", "POST /v1/users of Chris\n", "FORBIDDEN", 1).statusCode(400);
    refused("2026-02-03T04:05:06Z", "POST /v1/users", "FORBIDDEN", 0).statusCode(400);
  }

  @Test
  void refusedCallsAreForgottenWhenTheirTimeIsOver() throws Exception {
    refused("2026-02-03T04:05:06Z", "POST /v1/hr/events", "FORBIDDEN", 1).statusCode(204);
    refused("2026-03-03T04:05:06Z", "POST /v1/hr/events", "FORBIDDEN", 1).statusCode(204);

    refusedCalls.forget(OffsetDateTime.parse("2026-02-20T00:00:00Z"));

    assertThat(audit("").jsonPath().getList("items.time")).containsExactly("2026-03-03T04:05:06Z");
  }

  @Test
  void callsThatWereToldTogetherAreListedByTheirTime() {
    told(List.of(
            aCall("2026-02-03T04:05:07Z", "GET /v1/operations", "FORBIDDEN", 1),
            aCall("2026-02-03T04:05:08Z", "POST /v1/users", "FORBIDDEN", 1),
            aCall("2026-02-03T04:05:06Z", "POST /v1/hr/events", "FORBIDDEN", 1)))
        .statusCode(204);

    assertThat(audit("").jsonPath().getList("items.time"))
        .containsExactly("2026-02-03T04:05:08Z", "2026-02-03T04:05:07Z", "2026-02-03T04:05:06Z");
  }

  private ValidatableResponse refused(String at, String call, String code, int times) {
    return told(List.of(aCall(at, call, code, times)));
  }

  private static Map<String, Object> aCall(String at, String call, String code, int times) {
    return Map.of("at", at, "call", call, "code", code, "times", times);
  }

  private ValidatableResponse told(List<Map<String, Object>> calls) {
    return given()
        .auth()
        .oauth2(TestPlatform.shared().token(tenant, "eve", Set.of("reader"), Set.of()))
        .contentType("application/json")
        .body(calls)
        .post("/v1/audit/refused-calls")
        .then();
  }

  @Test
  void aUsersEntriesAreNewestFirstWithTheChecksOfTheirPassword() throws Exception {
    Jobs adding = Jobs.aJobOf(tenant);
    send(adding, List.of(adding.add(1, "a@x.com"), adding.add(2, "b@x.com")));
    verify("a@x.com");
    Jobs enabling = Jobs.aJobOf(tenant);
    send(
        enabling,
        List.of(enabling.enable(1, "b@x.com", null), enabling.enable(2, "a@x.com", null)));
    verify("A@X.com");
    verify("b@x.com");
    awaitFollowedUp();

    JsonPath ofA = audit("user=A@x.com").jsonPath();

    assertThat(ofA.getList("items.operation"))
        .containsExactly("VERIFY_PASSWORD", "ENABLE", "VERIFY_PASSWORD", "ADD");
    assertThat(ofA.getList("items.user")).containsOnly("a@x.com");
    assertThat(ofA.getMap("items[0].after")).isEqualTo(Map.of("valid", false));
    assertThat(ofA.getString("items[0].role")).isEqualTo("tenant-admin");
    assertThat(ofA.<Object>get("items[0].job")).isNull();
    assertThat(audit("user=a@x.com&job=" + enabling.id).jsonPath().getList("items.operation"))
        .containsExactly("ENABLE");
    assertThat(audit("").jsonPath().getList("items.operation"))
        .containsExactly(
            "VERIFY_PASSWORD",
            "VERIFY_PASSWORD",
            "ENABLE",
            "ENABLE",
            "VERIFY_PASSWORD",
            "ADD",
            "ADD");
    assertThat(audit("user=nobody@x.com").jsonPath().getList("items")).isEmpty();
  }

  @Test
  void pagesFollowEachOtherToTheEndWhateverIsAskedFor() throws Exception {
    Jobs adding = Jobs.aJobOf(tenant);
    List<UserCommand> commands = new ArrayList<>();
    for (int row = 1; row <= 40; row++) {
      commands.add(adding.add(row, "u" + row + "@x.com"));
    }
    send(adding, commands);
    for (int i = 0; i < 5; i++) {
      verify("u1@x.com");
      Jobs enabling = Jobs.aJobOf(tenant);
      send(enabling, List.of(enabling.enable(1, "u1@x.com", null)));
    }
    awaitFollowedUp();

    for (String filter : List.of("", "job=" + adding.id + "&", "user=u1@x.com&")) {
      List<Object> whole = audit(filter + "limit=1000").jsonPath().getList("items");
      assertThat(whole)
          .as(filter)
          .hasSize(filter.isEmpty() ? 50 : filter.contains("job") ? 40 : 11);
      assertThat(whole).doesNotHaveDuplicates();
      for (int limit : new int[] {1, 3, 7}) {
        List<Object> paged = new ArrayList<>();
        String next = "";
        do {
          JsonPath page = audit(filter + "limit=" + limit + next).jsonPath();
          paged.addAll(page.getList("items"));
          next = page.get("next") == null ? null : "&after=" + page.getString("next");
        } while (next != null);
        assertThat(paged).as(filter + " by " + limit).isEqualTo(whole);
      }
    }
  }

  @Test
  void onlyATenantsAdministratorReadsIt() {
    for (String role : List.of("reader", "password-admin", "operator", "hr-feed")) {
      assertThat(as(role, tenant, "").statusCode()).as(role).isEqualTo(403);
    }
    assertThat(given().get("/v1/audit").statusCode()).isEqualTo(401);
  }

  @Test
  void anotherTenantsEntriesAreNotThere() throws Exception {
    Jobs adding = Jobs.aJobOf(tenant);
    send(adding, List.of(adding.add(1, "a@x.com")));
    awaitFollowedUp();

    String stranger = Jobs.aTenant();
    for (String filter : List.of("", "job=" + adding.id, "user=a@x.com")) {
      assertThat(as("tenant-admin", stranger, filter).jsonPath().getList("items")).isEmpty();
      assertThat(audit(filter).jsonPath().getList("items")).hasSize(1);
    }
  }

  @Test
  void badParametersAreNamed() {
    for (String bad : List.of("limit=0", "limit=x", "job=7", "after=%21", "after=YQ")) {
      Response refused = audit(bad);
      assertThat(refused.statusCode()).as(bad).isEqualTo(400);
      assertThat(refused.jsonPath().getString("field")).isEqualTo(bad.split("=")[0]);
    }
  }

  private void send(Jobs job, List<UserCommand> commands) {
    bus.send(commands);
    assertThat(bus.answers(job.id, commands.size())).hasSize(commands.size());
  }

  private void verify(String upn) {
    given()
        .auth()
        .oauth2(TestPlatform.shared().token(tenant, "someone", Set.of("tenant-admin"), Set.of()))
        .body("{\"password\":\"zv8Qm2xR7pLx\"}")
        .post("/v1/users/{upn}/password/verify", upn)
        .then()
        .statusCode(200);
  }

  private Response audit(String query) {
    return as("tenant-admin", tenant, query);
  }

  private static Response as(String role, String tenant, String query) {
    return given()
        .urlEncodingEnabled(false)
        .auth()
        .oauth2(TestPlatform.shared().token(tenant, "someone", Set.of(role), Set.of()))
        .get(query.isEmpty() ? "/v1/audit" : "/v1/audit?" + query);
  }

  private void awaitFollowedUp() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Tables.count("follow_up", tenant) == 0);
  }
}
