package io.muster.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  Answer patch(String path, String json) {
    return call("PATCH", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
  }

  JsonNode job(JsonNode job) {
    return get(path(job)).expect(200).json();
  }

  /** Pauses, retries, ... a job; answers it, or the child that it has now. */
  JsonNode control(JsonNode job, String verb) {
    return post(path(job) + "/" + verb, "").expect(202).json();
  }

  /** Retries, undoes or runs a job to the end of its child. */
  JsonNode child(JsonNode job, String verb) {
    return awaitEnd(control(job, verb).path("id").asText());
  }

  /** All rows of an outcome, {@code row code} each. */
  List<String> rows(JsonNode job, String outcome) {
    return pages(path(job) + "/rows?limit=1000&outcome=" + outcome).stream()
        .map(row -> row.path("row").asLong() + " " + row.path("code").asText(""))
        .toList();
  }

  /** The items of all pages. */
  List<JsonNode> pages(String firstPage) {
    List<JsonNode> items = new ArrayList<>();
    String page = firstPage;
    while (true) {
      JsonNode answer = get(page).expect(200).json();
      answer.path("items").forEach(items::add);
      if (answer.path("next").asText("").isEmpty() || answer.path("next").isNull()) {
        return items;
      }
      page =
          firstPage
              + "&after="
              + URLEncoder.encode(answer.path("next").asText(), StandardCharsets.UTF_8);
    }
  }

  private static String path(JsonNode job) {
    return "/v1/jobs/" + job.path("id").asText();
  }

  /** Waits until a job is in a state and answers it as it is then. */
  JsonNode awaitState(JsonNode job, String state) {
    return Awaitility.await("job " + job.path("id").asText() + " is " + state)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsMatching(e -> e instanceof UncheckedIOException)
        .until(() -> get(path(job)).json(), now -> now.path("state").asText().equals(state));
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
