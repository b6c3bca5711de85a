package io.muster.cli.identity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Somebody signed in at a remote system.
 *
 * @param url the gateway, without a slash at the end
 * @param issuer who signs its tokens
 * @param clientId what this client is called there
 * @param accessToken the bearer token
 * @param refreshToken gets the next one; null when the issuer gave none
 * @param expiresAt ISO 8601, when the access token ends
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SignIn(
    URI url,
    URI issuer,
    String clientId,
    String accessToken,
    String refreshToken,
    String expiresAt) {
  /** A token that ends while the request is on its way would be refused. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  public SignIn {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(issuer, "issuer");
    Objects.requireNonNull(clientId, "clientId");
    Objects.requireNonNull(accessToken, "accessToken");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }

  static SignIn of(URI url, URI issuer, String clientId, Tokens tokens) {
    return new SignIn(
        url,
        issuer,
        clientId,
        tokens.accessToken(),
        tokens.refreshToken(),
        tokens.expiresAt().toString());
  }

  /** The same with newer tokens; a refresh token stays valid when no new one came. */
  SignIn with(Tokens newer) {
    String refresh = newer.refreshToken() == null ? refreshToken : newer.refreshToken();
    return new SignIn(
        url, issuer, clientId, newer.accessToken(), refresh, newer.expiresAt().toString());
  }

  boolean isFresh(Instant now) {
    return now.plus(MARGIN).isBefore(Instant.parse(expiresAt));
  }

  /** Never the tokens. */
  @Override
  public String toString() {
    return "sign-in at " + url;
  }
}
