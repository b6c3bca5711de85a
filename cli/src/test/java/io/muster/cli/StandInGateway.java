package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Speaks HTTP on a real socket and answers what a test told it: per path a list of answers, the
 * last one again and again.
 */
public final class StandInGateway implements AutoCloseable {
  /** What came in. */
  public record Request(String method, String path, Headers headers, byte[] body) {}

  /** What goes out. */
  @FunctionalInterface
  public interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  public StandInGateway() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The words of a command line with this gateway's address and some token behind them. */
  public String[] at(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--url", url(), "--token", "T"));
    return all.toArray(String[]::new);
  }

  /** The body of the only request, as JSON. */
  public JsonNode onlyBody() {
    assertThat(requests).hasSize(1);
    try {
      return new JsonMapper().readTree(requests.get(0).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Method and path with query of everything that was asked. */
  public List<String> asked() {
    return requests.stream().map(r -> r.method() + " " + r.path()).toList();
  }

  /** Everything that was asked, in order. */
  public List<Request> requests() {
    return requests;
  }

  /** The next answers of a method and path (without its query). */
  public StandInGateway on(String methodAndPath, Answer... next) {
    answers.computeIfAbsent(methodAndPath, p -> new ArrayDeque<>()).addAll(List.of(next));
    return this;
  }

  public static Answer json(int status, String body) {
    return text(status, status < 400 ? "application/json" : "application/problem+json", body);
  }

  public static Answer text(int status, String mediaType, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", mediaType);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    };
  }

  /** Server-sent events, then the end of the stream. */
  public static Answer events(String... data) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      for (String one : data) {
        String event = ": alive\n\nevent: job\ndata: " + one.replace("\n", "\ndata: ") + "\n\n";
        exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
      }
      exchange.close();
    };
  }

  /** Hangs up without a word. */
  public static Answer hangUp() {
    return HttpExchange::close;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    byte[] body = exchange.getRequestBody().readAllBytes();
    requests.add(
        new Request(exchange.getRequestMethod(), path, exchange.getRequestHeaders(), body));
    String key = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
    Deque<Answer> next = answers.get(key);
    if (next == null) {
      json(404, "{\"title\":\"There is no such thing\",\"status\":404,\"code\":\"NOT_FOUND\"}")
          .to(exchange);
      return;
    }
    Answer answer;
    synchronized (next) {
      answer = next.size() > 1 ? next.removeFirst() : next.peekFirst();
    }
    answer.to(exchange);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
