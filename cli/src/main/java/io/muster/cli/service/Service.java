package io.muster.cli.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.CommandFailed;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * The gateway's HTTP interface as a command sees it: documents come back, and everything else is a
 * {@link CommandFailed} that says why. Thread-safe.
 */
public final class Service {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Single calls wait 10 s for a row's result on the gateway; this is well above it. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  static final JsonMapper JSON = new JsonMapper();

  private final ServiceAddress address;
  private final HttpClient http =
      HttpClient.newBuilder()
          // Over plain HTTP an upgrade to HTTP/2 can't carry a streamed body.
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .build();

  public Service(ServiceAddress address) {
    this.address = address;
  }

  /** Without a slash at the end. */
  public URI url() {
    return address.url();
  }

  /**
   * Reads a document.
   *
   * @param path with query, from {@code /}
   */
  public JsonNode get(String path) {
    return document(send(request(path).timeout(ANSWER).GET(), BodyHandlers.ofInputStream()));
  }

  /** Sends a JSON document and returns the answer's. */
  public JsonNode post(String path, JsonNode body) {
    return send("POST", path, body);
  }

  /** {@link #post} for what is put in its place as a whole. */
  public JsonNode put(String path, JsonNode body) {
    return send("PUT", path, body);
  }

  private JsonNode send(String method, String path, JsonNode body) {
    HttpRequest.Builder request =
        request(path)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.toString()));
    return document(send(request, BodyHandlers.ofInputStream()));
  }

  /** {@link #put} for the part that is named. */
  public JsonNode patch(String path, JsonNode body) {
    return send("PATCH", path, body);
  }

  /** Deletes what is there; a missing node when the answer has no document. */
  public JsonNode delete(String path) {
    return document(send(request(path).timeout(ANSWER).DELETE(), BodyHandlers.ofInputStream()));
  }

  /**
   * Streams a body up. There is no time limit: the answer comes when the last row was read.
   *
   * @throws UploadBroken when the connection broke in the middle
   */
  public JsonNode upload(String path, BodyPublisher body, Map<String, String> headers) {
    HttpRequest.Builder request = request(path).POST(body);
    headers.forEach(request::header);
    return document(sendUpload(request));
  }

  /**
   * Streams a text answer through.
   *
   * @throws IOException when {@code out} can't be written; nothing else
   */
  public void copy(String path, String mediaType, OutputStream out) throws IOException {
    try (InputStream body = open(path, mediaType)) {
      body.transferTo(out);
    }
    out.flush();
  }

  /**
   * Opens a text answer. Reading it fails with a {@link CommandFailed} when the connection breaks,
   * never with an IOException.
   */
  public InputStream open(String path, String mediaType) {
    HttpRequest.Builder request = request(path).setHeader("Accept", mediaType).GET();
    HttpResponse<InputStream> answer = send(request, BodyHandlers.ofInputStream());
    refuseUnlessGood(answer);
    return new FilterInputStream(answer.body()) {
      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] buffer, int from, int length) {
        try {
          return in.read(buffer, from, length);
        } catch (IOException e) {
          throw unreachable(e);
        }
      }
    };
  }

  /** Opens a stream of events; never waits. */
  public EventStream events(String path) {
    return EventStream.open(http, request(path).setHeader("Accept", "text/event-stream").build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.url() + path))
            .header("Accept", "application/json");
    String token = address.token().get();
    if (token != null) {
      try {
        request.header("Authorization", "Bearer " + token);
      } catch (IllegalArgumentException e) {
        throw CommandFailed.wrongUsage("The token holds characters that no token has.");
      }
    }
    return request;
  }

  private HttpResponse<InputStream> sendUpload(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (ConnectException | HttpTimeoutException e) {
      throw unreachable(e);
    } catch (IOException e) {
      throw new UploadBroken(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private HttpResponse<InputStream> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<InputStream> body) {
    try {
      return AskedAgain.whenToldToWait(() -> http.send(request.build(), body));
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private CommandFailed unreachable(IOException e) {
    String why =
        e instanceof HttpTimeoutException
            ? "no answer in time"
            : e instanceof ConnectException ? "nobody answers there" : "the connection broke";
    return CommandFailed.unreachable(address.url() + " can't be reached: " + why + ".", e);
  }

  private CommandFailed interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return CommandFailed.unreachable("Interrupted while waiting for " + address.url() + ".", e);
  }

  private JsonNode document(HttpResponse<InputStream> answer) {
    refuseUnlessGood(answer);
    try (InputStream body = answer.body()) {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw CommandFailed.unreachable(
          address.url() + " answers, but not as Muster does: is the address right?", e);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private void refuseUnlessGood(HttpResponse<InputStream> answer) {
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return;
    }
    ObjectNode problem = problemOf(answer, status);
    if (status == 502 || status == 503 || status == 504) {
      throw CommandFailed.unavailable(problem);
    }
    CommandFailed refused = CommandFailed.refused(problem);
    throw status == 401
        ? refused.withHints(
            "Sign in: muster login --url " + url() + ". Or give a token: --token or MUSTER_TOKEN.")
        : refused;
  }

  private ObjectNode problemOf(HttpResponse<InputStream> answer, int status) {
    try (InputStream body = answer.body()) {
      byte[] bytes = body.readNBytes(1 << 20);
      if (JSON.readTree(bytes) instanceof ObjectNode problem && problem.hasNonNull("title")) {
        return problem;
      }
    } catch (IOException e) {
      // Not a problem document: the status has to do.
    }
    ObjectNode problem = JSON.createObjectNode();
    problem.put("type", "about:blank");
    problem.put("title", "HTTP status " + status);
    problem.put("status", status);
    problem.put("detail", address.url() + " answered with HTTP status " + status + ".");
    return problem;
  }

  /** A path segment or query value, percent-encoded. */
  public static String encoded(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
