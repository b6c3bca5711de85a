package io.muster.cli.identity;

import static io.muster.cli.StandInGateway.json;
import static io.muster.cli.identity.StandInIssuer.TOKEN;
import static io.muster.cli.identity.StandInIssuer.error;
import static io.muster.cli.identity.StandInIssuer.jwt;
import static io.muster.cli.identity.StandInIssuer.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
  private final StandInGateway gateway = new StandInGateway();
  private final StandInIssuer issuer = new StandInIssuer();
  @TempDir Path folder;

  @BeforeEach
  void aGatewayWithoutJobs() {
    gateway.on("GET /v1/jobs", json(200, "{\"items\":[]}"));
  }

  @AfterEach
  void stop() {
    gateway.close();
    issuer.close();
  }

  @Test
  void who_signed_in_needs_no_token_any_more() {
    issuer.on(TOKEN, tokens(jwt("ada@contoso.com"), "R1", 3600));

    MusterRun login = login();
    MusterRun list = muster("job", "list", "--url", gateway.url());

    assertThat(login.exitCode()).as(login.err()).isZero();
    assertThat(login.out()).contains("ada@contoso.com, tenant contoso, tenant-admin");
    assertThat(login.err()).contains("https://id.example.com/d", "WDJB-MJHT");
    assertThat(list.exitCode()).as(list.err()).isZero();
    assertThat(bearer(0)).isEqualTo("Bearer " + jwt("ada@contoso.com"));
  }

  @Test
  void the_file_is_for_its_owner_alone_and_no_token_is_printed() throws IOException {
    issuer.on(TOKEN, tokens(jwt("ada"), "R1", 3600));

    MusterRun login = login("--json");

    Path file = folder.resolve("muster/sign-ins.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).contains("R1", jwt("ada"));
    assertThat(login.json().path("tenant").asText()).isEqualTo("contoso");
    assertThat(login.out() + login.err()).doesNotContain("R1", jwt("ada"));
  }

  @Test
  void a_token_that_has_ended_is_renewed_once_and_kept() throws IOException {
    issuer.on(TOKEN, tokens("A1", "R1", 1), tokens("A2", "R2", 3600), error("invalid_grant"));
    login();

    muster("job", "list", "--url", gateway.url());
    muster("job", "list", "--url", gateway.url() + "/");

    assertThat(bearer(0)).isEqualTo("Bearer A2");
    assertThat(bearer(1)).isEqualTo("Bearer A2");
    assertThat(issuer.forms(TOKEN)).hasSize(2);
    assertThat(issuer.forms(TOKEN).get(1))
        .contains("grant_type=refresh_token", "refresh_token=R1", "client_id=muster-cli");
    assertThat(Files.readString(folder.resolve("muster/sign-ins.json"))).contains("R2");
  }

  @Test
  void a_sign_in_that_the_issuer_ended_says_how_to_come_back() {
    issuer.on(TOKEN, tokens("A1", "R1", 1), error("invalid_grant"));
    login();

    MusterRun list = muster("job", "list", "--url", gateway.url(), "--json");

    assertThat(list.exitCode()).isEqualTo(3);
    assertThat(list.json().path("code").asText()).isEqualTo("UNAUTHENTICATED");
    assertThat(list.err()).contains("muster login --url " + gateway.url());
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void the_next_login_remembers_issuer_and_client() {
    issuer.on(TOKEN, tokens("A1", "R1", 3600), tokens("A2", "R2", 3600));
    login("--client-id", "our-cli");

    MusterRun again = muster("login", "--url", gateway.url());

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(issuer.forms(StandInIssuer.DEVICE)).hasSize(2).allMatch(f -> f.contains("our-cli"));
  }

  @Test
  void a_given_token_comes_before_the_sign_in() {
    issuer.on(TOKEN, tokens("A1", "R1", 3600));
    login();

    muster("job", "list", "--url", gateway.url(), "--token", "mine");

    assertThat(bearer(0)).isEqualTo("Bearer mine");
  }

  @Test
  void logout_forgets_it_and_tells_the_issuer() {
    issuer.on(TOKEN, tokens("A1", "R1", 3600));
    login();

    assertThat(muster("logout", "--url", gateway.url()).out()).startsWith("Signed out");
    assertThat(
            muster("logout", "--url", gateway.url(), "--json").json().path("signedOut").asBoolean())
        .isFalse();
    muster("job", "list", "--url", gateway.url());

    assertThat(bearer(0)).isNull();
    assertThat(issuer.forms(StandInIssuer.REVOKE))
        .singleElement()
        .asString()
        .contains("token=R1", "client_id=muster-cli");
  }

  @Test
  void what_is_missing_is_said() {
    assertThat(muster("login").err()).contains("--url");
    assertThat(muster("login", "--url", gateway.url()).err()).contains("--issuer");
    assertThat(
            muster("login", "--url", gateway.url(), "--issuer", "http://id.example.com").exitCode())
        .isEqualTo(2);
  }

  @Test
  void who_is_not_signed_in_is_told_how() {
    StandInGateway other = new StandInGateway();
    other.on("GET /v1/jobs", json(401, "{\"title\":\"Sign in first\",\"status\":401}"));

    MusterRun run = muster("job", "list", "--url", other.url());

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("muster login --url " + other.url());
    other.close();
  }

  private MusterRun login(String... more) {
    String[] words = new String[more.length + 5];
    System.arraycopy(
        new String[] {"login", "--url", gateway.url(), "--issuer", issuer.uri().toString()},
        0,
        words,
        0,
        5);
    System.arraycopy(more, 0, words, 5, more.length);
    return muster(words);
  }

  private MusterRun muster(String... words) {
    return MusterRun.of(Map.of("XDG_CONFIG_HOME", folder.toString()), new byte[0], words);
  }

  private String bearer(int request) {
    return gateway.requests().get(request).headers().getFirst("Authorization");
  }
}
