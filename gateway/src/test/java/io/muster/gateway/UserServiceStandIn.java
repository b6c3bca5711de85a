package io.muster.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers in place of user-service: each user that a test told it, and 404 for all others. */
public final class UserServiceStandIn {
  /** Where the gateway tells of refused calls. */
  public static final String REFUSALS = "/v1/audit/refused-calls";

  private static final UserServiceStandIn SHARED = new UserServiceStandIn();

  private final HttpServer server;
  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private final Map<String, BulkIngestStandIn.Answering> answers = new ConcurrentHashMap<>();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<List<String>> refusals = new LinkedBlockingQueue<>();

  private UserServiceStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  public static UserServiceStandIn shared() {
    return SHARED;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The JSON that a path answers. */
  public void knows(String path, String json) {
    bodies.put(path, json);
  }

  /** How a request to this path is answered, whatever its method. */
  public void onPath(String path, BulkIngestStandIn.Answering answering) {
    answers.put(path, answering);
  }

  /** Answers a path by {@link #knows} again. */
  public void forget(String path) {
    answers.remove(path);
  }

  /** What was asked, path and query as they were sent. */
  public BlockingQueue<String> asked() {
    return asked;
  }

  /** Who told of refused calls, and what: in the order of time, the token before the body. */
  public BlockingQueue<List<String>> refusals() {
    return refusals;
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (REFUSALS.equals(exchange.getRequestURI().getPath()) && !answers.containsKey(REFUSALS)) {
      // Comes whenever it likes, between the calls that a test counts.
      refusals.add(
          List.of(
              exchange.getRequestHeaders().getFirst("Authorization"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      BulkIngestStandIn.answer(exchange, 200, new byte[0]);
      return;
    }
    asked.add(exchange.getRequestURI().toASCIIString());
    String json = bodies.get(exchange.getRequestURI().getPath());
    if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
      BulkIngestStandIn.answer(exchange, 401, new byte[0]);
    } else if (answers.containsKey(exchange.getRequestURI().getPath())) {
      answers.get(exchange.getRequestURI().getPath()).answer(exchange);
    } else if (json == null) {
      BulkIngestStandIn.answer(
          exchange,
          404,
          "{\"code\":\"NOT_FOUND\",\"title\":\"There is no such thing\",\"status\":404}"
              .getBytes(StandardCharsets.UTF_8));
    } else {
      BulkIngestStandIn.answer(exchange, 200, json.getBytes(StandardCharsets.UTF_8));
    }
  }
}
