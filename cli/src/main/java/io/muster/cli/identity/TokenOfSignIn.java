package io.muster.cli.identity;

import io.muster.cli.CommandFailed;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/** The bearer token of a sign-in, renewed shortly before it ends. */
public final class TokenOfSignIn implements Supplier<String> {
  private final SignIns signIns;
  private final InstantSource clock;
  private SignIn known;

  /**
   * @param known as it was kept
   */
  public TokenOfSignIn(SignIns signIns, SignIn known, InstantSource clock) {
    this.signIns = signIns;
    this.known = known;
    this.clock = clock;
  }

  /**
   * A token that is valid now.
   *
   * @throws CommandFailed when the sign-in has ended, or the issuer doesn't answer
   */
  @Override
  public synchronized String get() {
    if (!known.isFresh(clock.instant())) {
      // A refresh token may count once only: another command that runs now must not use it, too.
      SignIn newer = signIns.change(known.url(), this::renewed);
      if (newer == null) {
        throw ended(known.url());
      }
      known = newer;
    }
    return known.accessToken();
  }

  private SignIn renewed(SignIn kept) {
    if (kept == null || kept.isFresh(clock.instant())) {
      return kept;
    }
    if (kept.refreshToken() == null) {
      throw ended(kept.url());
    }
    Issuer.Answer answer =
        Issuer.discover(kept.issuer())
            .post(
                "token_endpoint",
                Map.of(
                    "grant_type", "refresh_token",
                    "refresh_token", kept.refreshToken(),
                    "client_id", kept.clientId()));
    if (answer.error() != null) {
      throw ended(kept.url());
    }
    return kept.with(Tokens.of(answer.document(), clock.instant()));
  }

  private static CommandFailed ended(URI url) {
    return CommandFailed.refused("UNAUTHENTICATED", "Your sign-in at " + url + " has ended.")
        .withHints("Sign in again: muster login --url " + url);
  }
}
