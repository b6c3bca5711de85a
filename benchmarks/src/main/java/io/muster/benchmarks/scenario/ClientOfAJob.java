package io.muster.benchmarks.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.service.EventStream;
import io.muster.cli.service.Query;
import io.muster.cli.service.Service;
import io.muster.contracts.command.Operation;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Uploads a file and follows its job by server-sent events, as any client of the gateway may. */
public final class ClientOfAJob {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> FINAL =
      Set.of("SUCCEEDED", "PARTIALLY_FAILED", "FAILED", "CANCELLED");

  /** The gateway's heartbeats come several times as often. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private static final double NANOS = 1e9;

  private final Service service;

  public ClientOfAJob(Service service) {
    this.service = service;
  }

  /** How far a job has come. */
  private static final class Course {
    private final String path;
    private JsonNode job;
    private long dispatched;
    private int resumes;

    Course(JsonNode accepted) {
      this.path = "/v1/jobs/" + accepted.path("id").asText();
      this.job = accepted;
    }
  }

  /**
   * Runs a file's job to its end.
   *
   * @throws IllegalStateException the job stopped itself and won't go on, or doesn't move
   */
  public JobTimes run(Path file, Operation operation) throws IOException, InterruptedException {
    String upload = new Query("/v1/jobs").with("operation", operation.word()).toString();
    long begin = System.nanoTime();
    JsonNode accepted =
        service.upload(upload, BodyPublishers.ofFile(file), Map.of("Content-Type", "text/csv"));
    long uploaded = System.nanoTime();
    Course course = new Course(accepted);
    while (!isFinal(course.job)) {
      follow(course);
    }
    long end = System.nanoTime();
    return new JobTimes(
        course.job,
        Files.size(file),
        (uploaded - begin) / NANOS,
        ((course.dispatched == 0 ? end : course.dispatched) - begin) / NANOS,
        (end - begin) / NANOS,
        course.resumes);
  }

  private void follow(Course course) throws InterruptedException {
    try (EventStream events = service.events(course.path + "/events")) {
      while (!isFinal(course.job)) {
        Optional<String> event = events.next(SILENCE);
        if (event.isEmpty()) {
          // The stream ended: its last words may have got lost with it.
          see(course, service.get(course.path));
          return;
        }
        see(course, parsed(event.get()));
      }
    }
  }

  private void see(Course course, JsonNode job) {
    course.job = job;
    if (paused(job) && course.resumes > 0) {
      // What was on its way when the job was resumed still tells of the pause.
      course.job = service.get(course.path);
    }
    if (course.dispatched == 0
        && job.path("rows").path("total").asLong() > 0
        && job.path("rows").path("pending").asLong() == 0) {
      course.dispatched = System.nanoTime();
    }
    if (paused(course.job)) {
      JsonNode reason = course.job.path("stateReason");
      if (!reason.path("code").asText().equals("BLAST_RADIUS") || course.resumes > 0) {
        throw new IllegalStateException(
            "The job paused itself: "
                + reason.path("code").asText()
                + ". "
                + reason.path("detail").asText());
      }
      course.resumes++;
      course.job = service.post(course.path + "/resume", JSON.createObjectNode());
    }
  }

  private static boolean paused(JsonNode job) {
    return job.path("state").asText().equals("PAUSED");
  }

  private static boolean isFinal(JsonNode job) {
    return FINAL.contains(job.path("state").asText());
  }

  private static JsonNode parsed(String event) {
    try {
      return JSON.readTree(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the gateway sent an event that is no JSON document", e);
    }
  }
}
