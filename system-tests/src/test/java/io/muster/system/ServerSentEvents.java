package io.muster.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A job's events as one client hears them, from its connection to the end of the stream. */
final class ServerSentEvents {
  private static final String DATA = "data:";

  private final CompletableFuture<List<JsonNode>> heard;

  private ServerSentEvents(CompletableFuture<List<JsonNode>> heard) {
    this.heard = heard;
  }

  static ServerSentEvents of(String gateway, String token, String job) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway + "/v1/jobs/" + job + "/events"))
            .header("Authorization", "Bearer " + token)
            .build();
    return new ServerSentEvents(
        HttpClient.newHttpClient()
            .sendAsync(request, BodyHandlers.ofLines())
            .thenApplyAsync(ServerSentEvents::jobs));
  }

  private static List<JsonNode> jobs(HttpResponse<Stream<String>> answer) {
    return answer
        .body()
        .filter(line -> line.startsWith(DATA))
        .map(line -> Json.read(line.substring(DATA.length())))
        .toList();
  }

  /** All of them, once the stream has ended. */
  List<JsonNode> untilTheEnd() throws Exception {
    return heard.get(120, TimeUnit.SECONDS);
  }
}
