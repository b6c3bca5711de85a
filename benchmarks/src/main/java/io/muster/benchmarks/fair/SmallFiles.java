package io.muster.benchmarks.fair;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.service.Service;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Small files and their jobs. */
final class SmallFiles {
  private static final long LOOK_EVERY_MILLIS = 25;

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

  /** Returns the job once it is final, or paused by a guard, which nobody here resumes. */
  static JsonNode await(Service service, String job) throws InterruptedException {
    while (true) {
      JsonNode now = service.get("/v1/jobs/" + job);
      String state = now.path("state").asText();
      if (FINAL.contains(state) || state.equals("PAUSED")) {
        return now;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }
}
