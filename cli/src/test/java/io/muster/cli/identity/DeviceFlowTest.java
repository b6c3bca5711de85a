package io.muster.cli.identity;

import static io.muster.cli.StandInGateway.hangUp;
import static io.muster.cli.StandInGateway.json;
import static io.muster.cli.identity.StandInIssuer.TOKEN;
import static io.muster.cli.identity.StandInIssuer.error;
import static io.muster.cli.identity.StandInIssuer.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.cli.CommandFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceFlowTest {
  private final StandInIssuer issuer = new StandInIssuer();
  private final List<DeviceFlow.Invitation> invitations = new ArrayList<>();
  private final List<Long> pauses = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void it_asks_until_the_person_has_signed_in_and_slower_when_told_so() {
    issuer.on(
        TOKEN,
        error("authorization_pending"),
        error("slow_down"),
        error("authorization_pending"),
        tokens("A", "R", 60));

    Tokens tokens = signIn();

    assertThat(tokens.accessToken()).isEqualTo("A");
    assertThat(tokens.refreshToken()).isEqualTo("R");
    assertThat(tokens.expiresAt()).isEqualTo(now.plusSeconds(60));
    assertThat(pauses).containsExactly(250L, 250L, 5250L, 5250L);
    assertThat(invitations).singleElement().extracting("code").isEqualTo("WDJB-MJHT");
    assertThat(issuer.forms(StandInIssuer.DEVICE))
        .singleElement()
        .asString()
        .contains("client_id=muster-cli", "scope=openid");
    assertThat(issuer.forms(TOKEN))
        .allMatch(
            form ->
                form.contains("grant_type=urn:ietf:params:oauth:grant-type:device_code")
                    && form.contains("device_code=D1")
                    && form.contains("client_id=muster-cli"));
  }

  @Test
  void a_broken_connection_is_tried_again_ever_more_seldom() {
    issuer.on(TOKEN, hangUp(), hangUp(), hangUp(), tokens("A", "R", 60));

    assertThat(signIn().accessToken()).isEqualTo("A");
    assertThat(pauses).containsExactly(250L, 500L, 1000L, 2000L);
  }

  @Test
  void who_declines_is_told_so() {
    issuer.on(TOKEN, error("access_denied"));

    assertThatThrownBy(this::signIn)
        .isInstanceOfSatisfying(
            CommandFailed.class,
            failed -> {
              assertThat(failed.exitCode()).isEqualTo(3);
              assertThat(failed).hasMessageContaining("declined");
            });
  }

  @Test
  void who_takes_too_long_has_to_begin_again() {
    issuer.on(TOKEN, error("slow_down"));

    assertThatThrownBy(this::signIn).hasMessageContaining("not used in time");
    assertThat(now).isAfterOrEqualTo(Instant.parse("2026-03-01T10:10:00Z"));
  }

  @Test
  void a_document_of_another_issuer_is_not_believed() {
    issuer.on(
        "GET /other/.well-known/openid-configuration",
        json(200, "{\"issuer\":\"https://id.example.com\"}"));

    assertThatThrownBy(() -> Issuer.discover(issuer.uri().resolve("/other")))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("is --issuer right");
  }

  @Test
  void tokens_travel_over_https_only() {
    assertThatThrownBy(() -> Issuer.discover(java.net.URI.create("http://id.example.com")))
        .hasMessageContaining("https");
  }

  private Tokens signIn() {
    return new DeviceFlow(Issuer.discover(issuer.uri()), "muster-cli", () -> now, this::passTime)
        .signIn(Map.of("scope", "openid"), invitations::add);
  }

  private void passTime(Duration duration) {
    pauses.add(duration.toMillis());
    now = now.plus(duration);
  }
}
