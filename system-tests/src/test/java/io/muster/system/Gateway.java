package io.muster.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;

/** The gateway's HTTP, as some client with a token uses it. */
final class Gateway {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FINAL =
      Set.of("SUCCEEDED", "PARTIALLY_FAILED", "FAILED", "CANCELLED");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String token;

  Gateway(String url, String token) {
    this.url = url;
    this.token = token;
  }

  String token() {
    return token;
  }

  /** Status and body; the body is null when it isn't JSON. */
  record Answer(int status, JsonNode json, String text, HttpResponse<byte[]> http) {
    Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError("expected " + expected + ", got " + status + ": " + text);
      }
      return this;
    }

    String code() {
      return json.path("code").asText();
    }
  }

  Answer get(String path) {
    return call("GET", path, BodyPublishers.noBody());
  }

  Answer post(String path, String json) {
    return call("POST", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
  }

  Answer put(String path, String json) {
    return call("PUT", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
  }

  Answer delete(String path) {
    return call("DELETE", path, BodyPublishers.noBody());
  }

  /** A pool of seats, as it is afterwards. */
  JsonNode seats(String sku, long total) {
    return put("/v1/subscriptions/" + sku, "{\"totalSeats\":" + total + "}").expect(200).json();
  }

  /** Uploads a file and waits until its job is final. */
  JsonNode run(String query, String csv, String... headers) {
    return awaitEnd(upload(query, csv, headers).expect(202).json().path("id").asText());
  }

  Answer upload(String query, String csv, String... headers) {
    return upload(query, csv.getBytes(StandardCharsets.UTF_8), headers);
  }

  Answer upload(String query, byte[] file, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "text/csv";
    return call("POST", "/v1/jobs?" + query, BodyPublishers.ofByteArray(file), all);
  }

  /** Waits until a job is final and answers it as it is then. */
  JsonNode awaitEnd(String jobId) {
    return Awaitility.await("job " + jobId + " ends")
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsMatching(e -> e instanceof UncheckedIOException)
        .until(() -> get("/v1/jobs/" + jobId).json(), this::isFinal);
  }

  private boolean isFinal(JsonNode job) {
    return job != null && FINAL.contains(job.path("state").asText());
  }

  Answer call(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      String text = new String(answer.body(), StandardCharsets.UTF_8);
      String type = answer.headers().firstValue("Content-Type").orElse("");
      JsonNode json = type.contains("json") ? JSON.readTree(text) : null;
      return new Answer(answer.statusCode(), json, text, answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
