package io.muster.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.job.WrittenRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/**
 * Answers in place of bulk-ingest-service, as each test told it for its own tenant or job, and
 * keeps what it received.
 */
public final class BulkIngestStandIn {
  /** What a request gets. */
  public interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  /**
   * An upload as it arrived.
   *
   * @param bytes how many came
   * @param whole false when the request broke off
   */
  public record Received(
      String query, Map<String, String> headers, long bytes, boolean whole, String beginning) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Wire<WrittenRow.Page> PAGES = Wire.of(WrittenRow.Page.class);
  private static final BulkIngestStandIn SHARED = new BulkIngestStandIn();

  private final HttpServer server;
  private final Map<String, Answering> uploads = new ConcurrentHashMap<>();
  private final Map<String, Answering> paths = new ConcurrentHashMap<>();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

  private BulkIngestStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "bulk-ingest-stand-in");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::handle);
    server.start();
  }

  public static BulkIngestStandIn shared() {
    return SHARED;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How an upload with this {@code X-File-Name} is answered. */
  public void onUpload(String fileName, Answering answering) {
    uploads.put(fileName, answering);
  }

  /** How a request to this path is answered. */
  public void onPath(String path, Answering answering) {
    paths.put(path, answering);
  }

  /** Serves a job's rows as its spool would: all, those refused at the door, and by number. */
  public void hasRows(UUID job, List<WrittenRow> rows) {
    onPath(
        "/v1/jobs/" + job + "/rows",
        exchange -> page(exchange, job, rows.stream().filter(row -> row.row() > after(exchange))));
    onPath(
        "/v1/jobs/" + job + "/refusals",
        exchange -> {
          String code = parameter(exchange, "code", null);
          page(
              exchange,
              job,
              rows.stream()
                  .filter(row -> row.row() > after(exchange) && row.refusal() != null)
                  .filter(row -> code == null || row.refusal().code().name().equals(code)));
        });
    onPath(
        "/v1/jobs/" + job + "/rows/lookup",
        exchange -> {
          Set<Long> wanted = new HashSet<>();
          JSON.readTree(exchange.getRequestBody()).forEach(row -> wanted.add(row.asLong()));
          page(exchange, job, rows.stream().filter(row -> wanted.contains(row.row())));
        });
  }

  private static void page(HttpExchange exchange, UUID job, Stream<WrittenRow> rows)
      throws IOException {
    int limit = Integer.parseInt(parameter(exchange, "limit", "10000"));
    answer(exchange, 200, PAGES.encode(new WrittenRow.Page(job, rows.limit(limit).toList())));
  }

  private static long after(HttpExchange exchange) {
    return Long.parseLong(parameter(exchange, "after", "0"));
  }

  private static String parameter(HttpExchange exchange, String name, String absent) {
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return absent;
  }

  /** Uploads in the order of their ends. */
  public BlockingQueue<Received> received() {
    return received;
  }

  /** Reads the body to its end or break, and keeps what it was. */
  public Received readAll(HttpExchange exchange) {
    long bytes = 0;
    boolean whole = false;
    String beginning = "";
    byte[] block = new byte[64 * 1024];
    try (InputStream body = exchange.getRequestBody()) {
      int read;
      while ((read = body.read(block)) >= 0) {
        if (bytes == 0) {
          beginning = new String(block, 0, Math.min(read, 100), StandardCharsets.UTF_8);
        }
        bytes += read;
      }
      whole = true;
    } catch (IOException e) {
      whole = false;
    }
    Map<String, String> headers = new ConcurrentHashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    Received one =
        new Received(exchange.getRequestURI().getRawQuery(), headers, bytes, whole, beginning);
    received.add(one);
    return one;
  }

  /** Sends an answer in JSON. */
  public static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange
        .getResponseHeaders()
        .set("Content-Type", status < 300 ? "application/json" : "application/problem+json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Answering answering;
    if (path.equals("/v1/jobs")) {
      answering = uploads.get(exchange.getRequestHeaders().getFirst("X-File-Name"));
    } else {
      answering = paths.get(path);
    }
    try {
      if (answering == null) {
        answer(
            exchange,
            404,
            "{\"code\":\"NOT_FOUND\",\"title\":\"There is no such thing\",\"status\":404}"
                .getBytes(StandardCharsets.UTF_8));
      } else {
        answering.answer(exchange);
      }
    } finally {
      exchange.close();
    }
  }
}
