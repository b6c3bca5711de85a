package io.muster.cli.operations;

import static io.muster.cli.StandInGateway.json;
import static io.muster.cli.StandInGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import io.muster.localstack.identity.TokenIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorsCallsTest {
  private static final String OPERATIONS =
      """
      {"dispatch":{"paused":false,"pausedTenants":["fabrikam"]},"window":{"millis":300,"inFlight":12},
       "jobs":[{"id":"j1","tenant":"contoso","state":"RUNNING","rows":{"total":10,"failed":1}},
               {"id":"j2","tenant":"fabrikam","state":"PAUSED","rows":{"total":5}}],
       "spools":[]}
      """;

  private final StandInGateway gateway = new StandInGateway();
  @TempDir Path folder;

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void operations_shows_values_by_name_and_lists_as_tables() {
    gateway.on("GET /v1/operations", json(200, OPERATIONS));

    MusterRun run = muster("operations");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            dispatch.paused         false
            dispatch.pausedTenants  fabrikam
            window.millis           300
            window.inFlight         12
            spools                  none

            jobs:
            ID  TENANT    STATE    ROWS TOTAL  ROWS FAILED
            j1  contoso   RUNNING  10          1
            j2  fabrikam  PAUSED   5
            """);
  }

  @Test
  void a_table_that_is_wider_than_the_terminal_becomes_lines_and_no_id_is_cut() {
    gateway.on("GET /v1/operations", json(200, OPERATIONS));

    MusterRun run = MusterRun.of(Map.of("COLUMNS", "40"), new byte[0], gateway.at("operations"));

    assertThat(run.out())
        .endsWith(
            """
            jobs:
            id           j1
            tenant       contoso
            state        RUNNING
            rows.total   10
            rows.failed  1

            id          j2
            tenant      fabrikam
            state       PAUSED
            rows.total  5
            """);
  }

  @Test
  void operations_as_json_is_the_document() throws IOException {
    gateway.on("GET /v1/operations", json(200, OPERATIONS));

    assertThat(muster("operations", "--json").json())
        .isEqualTo(new JsonMapper().readTree(OPERATIONS));
  }

  @Test
  void on_the_local_stack_it_speaks_as_an_operator() throws IOException {
    TokenIssuer.makeOrOpen(folder, Clock.systemUTC());
    Files.writeString(folder.resolve("local.json"), "{\"url\":\"" + gateway.url() + "\"}");
    gateway.on("GET /v1/operations", json(200, OPERATIONS));

    MusterRun run = MusterRun.of("operations", "--data", folder.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    String token = gateway.requests().get(0).headers().getFirst("Authorization").split("\\.")[1];
    assertThat(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8))
        .contains("\"roles\":[\"operator\"]");
  }

  @Test
  void who_is_no_operator_is_refused() {
    gateway.on(
        "GET /v1/operations",
        json(
            403,
            "{\"title\":\"Your role may not do this\",\"status\":403,\"code\":\"FORBIDDEN\"}"));

    assertThat(muster("operations").exitCode()).isEqualTo(3);
  }

  @Test
  void dispatch_is_switched_for_all_or_for_one_tenant() {
    gateway.on("POST /v1/operations/dispatch/pause", json(200, "{\"paused\":true}"));
    gateway.on("POST /v1/operations/dispatch/resume", text(204, "text/plain", ""));

    assertThat(muster("dispatch", "pause").out())
        .isEqualTo("Dispatch for all tenants is paused.\n");
    assertThat(muster("dispatch", "pause", "--json").json().path("paused").asBoolean()).isTrue();
    assertThat(muster("dispatch", "resume", "--tenant", "contoso").out())
        .isEqualTo("Dispatch for tenant contoso is running.\n");
    assertThat(muster("dispatch", "resume", "--json").json().path("dispatch").asText())
        .isEqualTo("running");

    assertThat(gateway.asked())
        .containsExactly(
            "POST /v1/operations/dispatch/pause",
            "POST /v1/operations/dispatch/pause",
            "POST /v1/operations/dispatch/resume?tenant=contoso",
            "POST /v1/operations/dispatch/resume");
  }

  @Test
  void who_resumes_is_told_what_is_still_paused() {
    gateway.on(
        "POST /v1/operations/dispatch/resume",
        json(200, "{\"paused\":true,\"pausedTenants\":[\"fabrikam\"]}"));

    MusterRun run = muster("dispatch", "resume", "--tenant", "contoso");

    assertThat(run.err())
        .contains("All tenants are paused", "muster dispatch resume --tenant fabrikam");
  }

  @Test
  void a_tenant_is_shown() {
    gateway.on("GET /v1/tenants/contoso", json(200, "{\"tenant\":\"contoso\",\"domains\":[]}"));

    assertThat(muster("tenant", "show", "contoso").out())
        .isEqualTo("tenant   contoso\ndomains  none\n");
  }

  @Test
  void a_tenant_is_set_as_a_whole_with_what_was_named_changed() throws IOException {
    gateway.on(
        "GET /v1/tenants/contoso",
        json(
            200,
            """
            {"tenant":"contoso","domains":["old.com"],"quotas":{"jobs":5,"rows":10},"settings":{}}
            """));
    gateway.on("PUT /v1/tenants/contoso", json(200, "{\"tenant\":\"contoso\"}"));

    MusterRun run =
        muster(
            "tenant",
            "set",
            "contoso",
            "--domain",
            "a.com",
            "--domain",
            "b.com",
            "--set",
            "quotas.jobs=7",
            "--set",
            "settings.note=hello",
            "--set",
            "quotas.rows=null");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(new JsonMapper().readTree(gateway.requests().get(1).body()))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"tenant":"contoso","domains":["a.com","b.com"],
                     "quotas":{"jobs":7,"rows":null},"settings":{"note":"hello"}}
                    """));
  }

  @Test
  void a_tenant_that_nobody_knows_is_registered() {
    gateway.on("PUT /v1/tenants/new", json(200, "{\"tenant\":\"new\"}"));

    assertThat(muster("tenant", "set", "new", "--domain", "new.com").exitCode()).isZero();

    assertThat(new String(gateway.requests().get(1).body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"domains\":[\"new.com\"]}");
  }

  @Test
  void what_changes_nothing_or_contradicts_itself_reaches_nobody() {
    assertThat(muster("tenant", "set", "contoso").exitCode()).isEqualTo(2);
    assertThat(muster("tenant", "set", "contoso", "--set", "=1").exitCode()).isEqualTo(2);
    assertThat(muster("tenant", "set", "c", "--any-domain", "--domain", "a.b").exitCode())
        .isEqualTo(2);
    assertThat(gateway.requests()).isEmpty();
  }

  private MusterRun muster(String... args) {
    return MusterRun.of(gateway.at(args));
  }
}
