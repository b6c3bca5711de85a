package io.muster.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.CommandFailed;
import java.time.Instant;

/**
 * What a token endpoint gave (RFC 6749, section 5.1).
 *
 * @param refreshToken null when there is none
 */
record Tokens(String accessToken, String refreshToken, Instant expiresAt) {
  /** RFC 6749 lets an issuer leave it out; then it is asked for a new token soon. */
  private static final long UNTOLD_SECONDS = 300;

  static Tokens of(JsonNode answer, Instant now) {
    String accessToken = answer.path("access_token").asText("");
    if (accessToken.isEmpty()) {
      throw CommandFailed.unreachable("The issuer answers, but with no access token.", null);
    }
    String refreshToken = answer.path("refresh_token").asText("");
    return new Tokens(
        accessToken,
        refreshToken.isEmpty() ? null : refreshToken,
        now.plusSeconds(answer.path("expires_in").asLong(UNTOLD_SECONDS)));
  }

  /** Never the tokens. */
  @Override
  public String toString() {
    return "tokens until " + expiresAt;
  }
}
