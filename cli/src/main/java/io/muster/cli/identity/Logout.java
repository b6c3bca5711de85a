package io.muster.cli.identity;

import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.MusterCommand;
import io.muster.cli.terminal.Results;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster logout}. */
@Command(
    name = "logout",
    description = {
      "Forgets your sign-in at a remote system, and tells its issuer so where that can be told."
    },
    footer = "  muster logout --url https://muster.example.com")
public final class Logout extends MusterCommand {
  @Mixin private RemoteOption remote;

  @Override
  public Integer call() {
    URI url = remote.url(terminal().environment());
    Optional<SignIn> known = SignIns.of(terminal().environment()).forget(url);
    known.filter(signIn -> signIn.refreshToken() != null).ifPresent(this::revoke);
    if (json()) {
      results()
          .json(Results.object().put("url", url.toString()).put("signedOut", known.isPresent()));
    } else {
      results()
          .line(
              known.isPresent()
                  ? "Signed out of " + url + "."
                  : "You are not signed in at " + url + ".");
    }
    return ExitCode.DONE;
  }

  /** RFC 7009. Forgotten here it is in any case, so what the issuer says changes nothing. */
  private void revoke(SignIn signIn) {
    try {
      Issuer issuer = Issuer.discover(signIn.issuer());
      if (issuer.has("revocation_endpoint")) {
        issuer.post(
            "revocation_endpoint",
            Map.of(
                "token", signIn.refreshToken(),
                "token_type_hint", "refresh_token",
                "client_id", signIn.clientId()));
      }
    } catch (CommandFailed failed) {
      terminal().say("The issuer couldn't be told: " + failed.getMessage());
    }
  }
}
