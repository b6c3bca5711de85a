package io.muster.cli.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.CommandFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** An OIDC issuer as its discovery document describes it. Thread-safe. */
final class Issuer {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private final URI issuer;
  private final JsonNode description;

  private Issuer(URI issuer, JsonNode description) {
    this.issuer = issuer;
    this.description = description;
  }

  /**
   * What an endpoint said.
   *
   * @param error a word of OAuth; null when it is none
   */
  record Answer(String error, JsonNode document) {}

  /**
   * Reads the issuer's description.
   *
   * @throws CommandFailed when it can't be had, or is another issuer's (OIDC Discovery, 4.3)
   */
  static Issuer discover(URI issuer) {
    String text = issuer.toString().replaceAll("/+$", "");
    URI document = checked(URI.create(text + DISCOVERY), "The issuer");
    Answer answer = send(HttpRequest.newBuilder(document).GET());
    String named = answer.document().path("issuer").asText("");
    if (answer.error() != null || !named.replaceAll("/+$", "").equals(text)) {
      throw CommandFailed.wrongUsage(
          document + " doesn't describe that issuer: is --issuer right?");
    }
    return new Issuer(URI.create(named), answer.document());
  }

  /** As the description spells it. */
  URI uri() {
    return issuer;
  }

  boolean has(String endpoint) {
    return description.hasNonNull(endpoint);
  }

  /**
   * Posts a form to an endpoint.
   *
   * @param endpoint its key in the description
   * @throws CommandFailed when there is no such endpoint, or no answer
   */
  Answer post(String endpoint, Map<String, String> form) {
    if (!has(endpoint)) {
      throw CommandFailed.refused(
          "FORBIDDEN", issuer + " offers no " + endpoint.replace('_', ' ') + ".");
    }
    URI address = checked(URI.create(description.path(endpoint).asText()), "Its " + endpoint);
    String body =
        form.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private static Answer send(HttpRequest.Builder request) {
    HttpRequest built = request.header("Accept", "application/json").timeout(PATIENCE).build();
    try {
      HttpResponse<String> answer = HTTP.send(built, BodyHandlers.ofString());
      JsonNode document = JSON.readTree(answer.body().isBlank() ? "{}" : answer.body());
      boolean good = answer.statusCode() / 100 == 2;
      String error = document.path("error").asText("HTTP status " + answer.statusCode());
      return new Answer(good ? null : error, document);
    } catch (JsonProcessingException e) {
      throw CommandFailed.unreachable(
          built.uri() + " answers, but not as an issuer does: is --issuer right?", e);
    } catch (IOException e) {
      throw CommandFailed.unreachable(built.uri() + " can't be reached.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailed.unreachable("Interrupted while waiting for " + built.uri() + ".", e);
    }
  }

  /** Tokens travel encrypted, or never leave this machine. */
  private static URI checked(URI address, String what) {
    boolean safe =
        "https".equals(address.getScheme())
            || ("http".equals(address.getScheme()) && isThisMachine(address.getHost()));
    if (!safe) {
      throw CommandFailed.wrongUsage(what + " must be an https address, not " + address + ".");
    }
    return address;
  }

  private static boolean isThisMachine(String host) {
    try {
      return host != null
          && (host.equals("localhost") || host.matches("127[.0-9]+|\\[::1]"))
          && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
