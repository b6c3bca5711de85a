package io.muster.cli.identity;

import static io.muster.cli.StandInGateway.json;

import io.muster.cli.StandInGateway;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** An OIDC issuer that answers at its token endpoint what a test told it, in this order. */
final class StandInIssuer implements AutoCloseable {
  static final String DEVICE = "POST /device";
  static final String TOKEN = "POST /token";
  static final String REVOKE = "POST /revoke";

  private final StandInGateway http = new StandInGateway();

  StandInIssuer() {
    http.on(
        "GET /realm/.well-known/openid-configuration",
        json(
            200,
            """
            {"issuer":"%1$s/realm","device_authorization_endpoint":"%1$s/device",
             "token_endpoint":"%1$s/token","revocation_endpoint":"%1$s/revoke"}
            """
                .formatted(http.url())));
    http.on(
        DEVICE,
        json(
            200,
            """
            {"device_code":"D1","user_code":"WDJB-MJHT","verification_uri":"https://id.example.com/d",
             "verification_uri_complete":"https://id.example.com/d?c=WDJB-MJHT","expires_in":600,
             "interval":0}
            """));
    http.on(REVOKE, json(200, "{}"));
  }

  URI uri() {
    return URI.create(http.url() + "/realm");
  }

  StandInIssuer on(String methodAndPath, StandInGateway.Answer... next) {
    http.on(methodAndPath, next);
    return this;
  }

  /** The forms that an endpoint got, decoded. */
  List<String> forms(String methodAndPath) {
    return http.requests().stream()
        .filter(r -> (r.method() + " " + r.path()).equals(methodAndPath))
        .map(r -> new String(r.body(), StandardCharsets.UTF_8))
        .map(form -> URLDecoder.decode(form, StandardCharsets.UTF_8))
        .toList();
  }

  static StandInGateway.Answer error(String error) {
    return json(400, "{\"error\":\"" + error + "\"}");
  }

  static StandInGateway.Answer tokens(String access, String refresh, long seconds) {
    return json(
        200,
        """
        {"access_token":"%s","refresh_token":"%s","expires_in":%d,"token_type":"Bearer"}
        """
            .formatted(access, refresh, seconds));
  }

  /** A token that says who it is; nobody checks its signature here. */
  static String jwt(String name) {
    String claims =
        "{\"sub\":\"" + name + "\",\"tenant\":\"contoso\",\"roles\":[\"tenant-admin\"]}";
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2ln";
  }

  @Override
  public void close() {
    http.close();
  }
}
