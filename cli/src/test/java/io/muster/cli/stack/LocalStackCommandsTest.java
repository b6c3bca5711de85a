package io.muster.cli.stack;

import static io.muster.cli.StandInGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import io.muster.localstack.identity.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a folder that looks as a local stack leaves it, with the stand-in as its gateway. */
class LocalStackCommandsTest {
  private final StandInGateway gateway = new StandInGateway();
  @TempDir Path folder;

  @BeforeEach
  void aFolderWithAnIssuerAndAnAddress() throws IOException {
    TokenIssuer.makeOrOpen(folder, Clock.systemUTC());
    Files.writeString(folder.resolve("local.json"), "{\"url\":\"" + gateway.url() + "\"}");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void a_token_says_what_was_asked_for() throws IOException {
    MusterRun run =
        muster(
            "token",
            "--tenant",
            "fabrikam",
            "--role",
            "password-admin",
            "--unit",
            "shop-17",
            "--unit",
            "shop-18",
            "--subject",
            "ada@fabrikam.com",
            "--ttl",
            "30m");

    JsonNode claims = claims(run.out().strip());
    assertThat(claims.path("tenant").asText()).isEqualTo("fabrikam");
    assertThat(claims.path("roles").toString()).isEqualTo("[\"password-admin\"]");
    assertThat(claims.path("units").toString()).isEqualTo("[\"shop-17\",\"shop-18\"]");
    assertThat(claims.path("sub").asText()).isEqualTo("ada@fabrikam.com");
    assertThat(claims.path("aud").asText()).isEqualTo("muster");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(1800);
  }

  @Test
  void without_options_it_is_the_administrator_of_contoso() throws IOException {
    JsonNode claims = claims(muster("token").out().strip());

    assertThat(claims.path("tenant").asText()).isEqualTo("contoso");
    assertThat(claims.path("roles").toString()).isEqualTo("[\"tenant-admin\"]");
  }

  @Test
  void a_remote_system_gets_no_token_from_here() {
    MusterRun run = muster("token", "--url", "https://muster.example.com");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(muster("token", "--url", gateway.url()).exitCode()).isZero();
  }

  @Test
  void wrong_words_in_a_token_are_wrong_usage() {
    assertThat(muster("token", "--tenant", "Con Toso").exitCode()).isEqualTo(2);
    assertThat(muster("token", "--role", "king").exitCode()).isEqualTo(2);
    assertThat(muster("token", "--ttl", "0s").exitCode()).isEqualTo(2);
    assertThat(muster("token", "--ttl", "soon").exitCode()).isEqualTo(2);
  }

  @Test
  void commands_find_the_local_stack_and_sign_for_themselves() throws IOException {
    gateway.on("GET /v1/jobs", json(200, "{\"items\":[]}"));

    assertThat(muster("job", "list").exitCode()).isZero();
    assertThat(
            MusterRun.of(Map.of("MUSTER_DATA", folder.toString()), new byte[0], "job", "list")
                .exitCode())
        .isZero();

    for (StandInGateway.Request request : gateway.requests()) {
      String token = request.headers().getFirst("Authorization").substring("Bearer ".length());
      assertThat(claims(token).path("tenant").asText()).isEqualTo("contoso");
    }
  }

  @Test
  void the_environment_s_address_comes_before_the_local_stack_and_gets_no_local_token() {
    try (StandInGateway other = new StandInGateway()) {
      other.on("GET /v1/jobs", json(200, "{\"items\":[]}"));
      Map<String, String> environment =
          Map.of("MUSTER_URL", other.url() + "/", "MUSTER_DATA", folder.toString());

      MusterRun run = MusterRun.of(environment, new byte[0], "job", "list");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(other.requests()).hasSize(1);
      assertThat(other.requests().get(0).headers().getFirst("Authorization")).isNull();
      assertThat(gateway.requests()).isEmpty();
    }
  }

  @Test
  void options_come_before_the_environment() {
    gateway.on("GET /v1/jobs", json(200, "{\"items\":[]}"));
    Map<String, String> environment =
        Map.of("MUSTER_URL", "http://127.0.0.1:1", "MUSTER_TOKEN", "E");

    MusterRun.of(environment, new byte[0], "job", "list", "--url", gateway.url(), "--token", "O");

    assertThat(gateway.requests().get(0).headers().getFirst("Authorization")).isEqualTo("Bearer O");
  }

  @Test
  void where_nothing_runs_status_and_down_say_so() throws IOException {
    Files.delete(folder.resolve("local.json"));

    assertThat(muster("status").exitCode()).isEqualTo(4);
    assertThat(muster("status", "--json").json().path("running").asBoolean()).isFalse();
    assertThat(muster("down").out()).startsWith("Nothing was running");
    assertThat(muster("down", "--json").json().path("stopped")).isEmpty();
    assertThat(muster("job", "list").err()).contains("muster up");
  }

  @Test
  void the_health_of_a_remote_system_is_its_gateway_s() {
    gateway.on("GET /q/health/ready", json(200, "{\"status\":\"UP\",\"checks\":[]}"));

    MusterRun run = MusterRun.of("status", "--url", gateway.url(), "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.json().path("status").asText()).isEqualTo("UP");
  }

  @Test
  void to_an_operator_status_tells_how_dispatch_and_jobs_stand() {
    gateway.on(
        "GET /q/health/ready",
        json(200, "{\"status\":\"UP\",\"checks\":[{\"name\":\"database\",\"status\":\"UP\"}]}"));
    gateway.on(
        "GET /v1/operations",
        json(
            200,
            """
            {"dispatch":{"paused":true,"pausedTenants":[]},"window":{"rows":600,"inFlight":12},
             "tenants":[{"tenant":"a","openJobs":2},{"tenant":"b","openJobs":1}],"jobs":[{"id":"j1"}],
             "lag":[{"group":"user-service","topic":"muster.user-commands","records":7}]}
            """));

    MusterRun text = MusterRun.of(gateway.at("status"));
    MusterRun json = MusterRun.of(gateway.at("status", "--json"));

    assertThat(text.out())
        .contains("NAME      STATUS\ndatabase  UP", "dispatch.paused         true")
        .contains("window.inFlight         12", "openJobs                3")
        .contains("user-service  muster.user-commands  7")
        .doesNotContain("j1");
    assertThat(json.json().at("/operations/dispatch/paused").asBoolean()).isTrue();
  }

  @Test
  void to_anybody_else_status_tells_health_alone() {
    gateway.on("GET /q/health/ready", json(200, "{\"status\":\"UP\",\"checks\":[]}"));
    gateway.on(
        "GET /v1/operations",
        json(
            403,
            "{\"title\":\"Your role may not do this\",\"status\":403,\"code\":\"FORBIDDEN\"}"));

    MusterRun run = MusterRun.of(gateway.at("status"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(gateway.url() + ": UP\n");
    assertThat(run.err()).isEmpty();
  }

  private MusterRun muster(String... args) {
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--data";
    all[args.length + 1] = folder.toString();
    return MusterRun.of(all);
  }

  private static JsonNode claims(String token) throws IOException {
    return new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
  }
}
