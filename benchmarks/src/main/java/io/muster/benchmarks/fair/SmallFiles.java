package io.muster.benchmarks.fair;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.service.EventStream;
import io.muster.cli.service.Service;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Small files and their jobs. */
final class SmallFiles {
  private static final JsonMapper JSON = new JsonMapper();

  /** The gateway's heartbeats come several times as often. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private static final long BETWEEN_STREAMS_MILLIS = 100;

  private static final Set<String> FINAL =
      Set.of("SUCCEEDED", "PARTIALLY_FAILED", "FAILED", "CANCELLED");

  private SmallFiles() {}

  static String name(String prefix, long number) {
    return prefix + "." + number + "@small.example";
  }

  /** That many new users. */
  static byte[] users(String prefix, int rows) {
    StringBuilder csv = new StringBuilder("UserPrincipalName,DisplayName,Department\n");
    for (int row = 0; row < rows; row++) {
      csv.append(name(prefix, row)).append(",Sam Small ").append(row).append(",Sales\n");
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the job's id. */
  static String upload(Service service, String operation, byte[] csv) {
    return upload(service, operation, BodyPublishers.ofByteArray(csv));
  }

  /** Likewise. */
  static String upload(Service service, String operation, BodyPublisher csv) {
    return service
        .upload("/v1/jobs?operation=" + operation, csv, Map.of("Content-Type", "text/csv"))
        .path("id")
        .asText();
  }

  /**
   * Follows the job by server-sent events, as whoever watches one does: asking for it all the time
   * would be the load that is measured.
   *
   * @return the job once it is final, or paused by a guard, which nobody here resumes
   */
  static JsonNode await(Service service, String job) throws InterruptedException {
    String path = "/v1/jobs/" + job;
    while (true) {
      try (EventStream events = service.events(path + "/events")) {
        Optional<String> event = events.next(SILENCE);
        while (event.isPresent()) {
          JsonNode now = parsed(event.get());
          if (ended(now)) {
            return now;
          }
          event = events.next(SILENCE);
        }
      }
      // The stream ended: its last words may have got lost with it.
      JsonNode now = service.get(path);
      if (ended(now)) {
        return now;
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_STREAMS_MILLIS);
    }
  }

  private static boolean ended(JsonNode job) {
    String state = job.path("state").asText();
    return FINAL.contains(state) || state.equals("PAUSED");
  }

  private static JsonNode parsed(String event) {
    try {
      return JSON.readTree(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the gateway sent an event that is no JSON document", e);
    }
  }
}
