package io.muster.cli.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.MusterCommand;
import io.muster.cli.terminal.Results;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code muster login}: the local stack needs none, its own issuer signs for whoever may read it.
 */
@Command(
    name = "login",
    description = {
      "Signs you in to a remote system: shows a code to be typed at its issuer's page, on this or"
          + " any other device, and waits. From then on commands with that --url or MUSTER_URL need"
          + " no token; it is renewed by itself as long as the issuer agrees."
    },
    footer = {
      "  muster login --url https://muster.example.com --issuer"
          + " https://id.example.com/realms/muster",
      "  muster login --url https://muster.example.com",
      "  MUSTER_URL=https://muster.example.com muster job list"
    })
public final class Login extends MusterCommand {
  @Mixin private RemoteOption remote;

  @Option(
      names = "--issuer",
      order = 2,
      paramLabel = "URL",
      description = "Its OIDC issuer. Default: MUSTER_ISSUER, else that of the last login there.")
  private URI issuer;

  @Option(
      names = "--client-id",
      order = 3,
      paramLabel = "ID",
      description =
          "What this client is called at the issuer. Default: MUSTER_CLIENT_ID, else that of the"
              + " last login there, else muster-cli.")
  private String clientId;

  @Option(
      names = "--scope",
      order = 4,
      paramLabel = "SCOPE",
      defaultValue = "openid,offline_access",
      split = ",",
      description =
          "What to ask for; offline_access lets the token be renewed. Repeatable. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> scopes;

  @Option(
      names = "--audience",
      order = 5,
      paramLabel = "AUDIENCE",
      description = "Whom the token is for, where the issuer wants to be told: muster.")
  private String audience;

  @Override
  public Integer call() {
    Map<String, String> environment = terminal().environment();
    SignIns signIns = SignIns.of(environment);
    URI url = remote.url(environment);
    Optional<SignIn> last = signIns.at(url);
    Issuer where = Issuer.discover(issuerOf(last, environment));
    String client = clientOf(last, environment);
    Map<String, String> wishes = new TreeMap<>(Map.of("scope", String.join(" ", scopes)));
    if (audience != null) {
      wishes.put("audience", audience);
    }
    InstantSource clock = InstantSource.system();
    Tokens tokens =
        new DeviceFlow(where, client, clock, d -> Thread.sleep(d.toMillis()))
            .signIn(wishes, this::invite);
    SignIn signIn = SignIn.of(url, where.uri(), client, tokens);
    signIns.keep(signIn);
    tell(signIn, tokens, signIns);
    return ExitCode.DONE;
  }

  private URI issuerOf(Optional<SignIn> last, Map<String, String> environment) {
    if (issuer != null) {
      return issuer;
    }
    String named = environment.getOrDefault("MUSTER_ISSUER", "").strip();
    try {
      return named.isEmpty()
          ? last.map(SignIn::issuer)
              .orElseThrow(
                  () ->
                      CommandFailed.wrongUsage(
                          "Say who signs the system's tokens: --issuer https://id.example.com, or"
                              + " MUSTER_ISSUER. Its operators know."))
          : URI.create(named);
    } catch (IllegalArgumentException e) {
      throw CommandFailed.wrongUsage("MUSTER_ISSUER is no address: " + named);
    }
  }

  private String clientOf(Optional<SignIn> last, Map<String, String> environment) {
    if (clientId != null) {
      return clientId;
    }
    String named = environment.getOrDefault("MUSTER_CLIENT_ID", "").strip();
    return named.isEmpty() ? last.map(SignIn::clientId).orElse("muster-cli") : named;
  }

  private void invite(DeviceFlow.Invitation invitation) {
    terminal().say("Open " + invitation.page() + " on any device and type this code:");
    terminal().say("");
    terminal().say("    " + invitation.code());
    terminal().say("");
    if (invitation.complete() != null) {
      terminal().say("Or open " + invitation.complete());
    }
    terminal()
        .say(
            "Waiting for you, "
                + Math.max(1, invitation.validity().toMinutes())
                + " minutes at most; Ctrl-C gives up.");
  }

  private void tell(SignIn signIn, Tokens tokens, SignIns signIns) {
    if (json()) {
      ObjectNode document =
          Results.object()
              .put("url", signIn.url().toString())
              .put("issuer", signIn.issuer().toString())
              .put("expiresAt", signIn.expiresAt())
              .put("renewable", signIn.refreshToken() != null);
      TokenClaims.of(tokens.accessToken())
          .fields()
          .forEachRemaining(
              claim -> {
                if (List.of("sub", "tenant", "roles", "units").contains(claim.getKey())) {
                  document.set(claim.getKey(), claim.getValue());
                }
              });
      results().json(document);
      return;
    }
    String who = TokenClaims.words(tokens.accessToken());
    results().line("Signed in at " + signIn.url() + (who.isEmpty() ? "." : ": " + who + "."));
    terminal()
        .say(
            (signIn.refreshToken() == null
                    ? "It ends at " + signIn.expiresAt() + " and can't be renewed"
                    : "It is renewed by itself")
                + "; kept in "
                + signIns.file()
                + ". To leave: muster logout --url "
                + signIn.url());
  }
}
