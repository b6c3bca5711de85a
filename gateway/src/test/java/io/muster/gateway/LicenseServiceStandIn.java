package io.muster.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Answers in place of license-service: to a look-up what each user holds as tests told it, nothing
 * for all others; to other calls what tests told it for the path, else 404.
 */
public final class LicenseServiceStandIn {
  private static final LicenseServiceStandIn SHARED = new LicenseServiceStandIn();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A request as it came in. */
  public record Asked(String method, String path, String body) {}

  private record Told(int status, String json) {}

  private final HttpServer server;
  private final Map<String, Told> answers = new ConcurrentHashMap<>();
  private final Map<String, String> licenses = new ConcurrentHashMap<>();
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private volatile boolean away;

  private LicenseServiceStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  public static LicenseServiceStandIn shared() {
    return SHARED;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What a method and path answer: {@code PUT /v1/subscriptions/E3}. */
  public void answers(String methodAndPath, int status, String json) {
    answers.put(methodAndPath, new Told(status, json));
  }

  /** The {@code licenses} of a user, in JSON. */
  public void holds(String userPrincipalName, String json) {
    licenses.put(userPrincipalName, json);
  }

  /** Hangs up on everybody, or serves again. */
  public void away(boolean isAway) {
    away = isAway;
  }

  /** What was asked, path and query as they were sent. */
  public BlockingQueue<Asked> asked() {
    return asked;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String method = exchange.getRequestMethod();
    asked.add(new Asked(method, exchange.getRequestURI().toASCIIString(), body));
    if (away) {
      exchange.close();
      return;
    }
    Told told = answers.get(method + " " + exchange.getRequestURI().getPath());
    if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
      told = new Told(401, "");
    } else if (exchange.getRequestURI().getPath().equals("/v1/assignments/lookup")) {
      told = new Told(200, lookUp(body));
    } else if (told == null) {
      told =
          new Told(
              404, "{\"code\":\"NOT_FOUND\",\"title\":\"There is no such thing\",\"status\":404}");
    }
    BulkIngestStandIn.answer(exchange, told.status(), told.json().getBytes(StandardCharsets.UTF_8));
  }

  private String lookUp(String names) throws IOException {
    ArrayNode found = JSON.createArrayNode();
    for (JsonNode name : JSON.readTree(names)) {
      found
          .addObject()
          .put("userPrincipalName", name.asText())
          .set("licenses", JSON.readTree(licenses.getOrDefault(name.asText(), "[]")));
    }
    return found.toString();
  }
}
