package io.muster.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Base64;

/** What a token says of its bearer: read to be shown, never verified, never relied upon. */
final class TokenClaims {
  private static final JsonMapper JSON = new JsonMapper();

  private TokenClaims() {}

  /** A missing node when the token is no JWT. */
  static JsonNode of(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      return parts.length == 3
          ? JSON.readTree(Base64.getUrlDecoder().decode(parts[1]))
          : MissingNode.getInstance();
    } catch (IOException | IllegalArgumentException e) {
      return MissingNode.getInstance();
    }
  }

  /** {@code ada@contoso.com, tenant contoso, tenant-admin}; empty when it says nothing. */
  static String words(String token) {
    JsonNode claims = of(token);
    StringBuilder words = new StringBuilder(claims.path("sub").asText(""));
    String tenant = claims.path("tenant").asText("");
    words.append(tenant.isEmpty() ? "" : ", tenant " + tenant);
    claims.path("roles").forEach(role -> words.append(", ").append(role.asText()));
    return words.toString();
  }
}
