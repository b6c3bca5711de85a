package io.muster.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.service.EventStream;
import io.muster.cli.service.Service;
import io.muster.cli.terminal.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Follows a job to its end or to a pause: by events as long as they come, else by asking. A service
 * that goes away for a while (a restart) is waited for.
 */
public final class WatchingAJob {
  /** Waits between two tries; replaced in tests. */
  @FunctionalInterface
  public interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  /** Well above the service's heartbeats. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  /** Longer than a restart of every part; then a person should look. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** So many streams without a single event: something on the way holds events back. */
  private static final int DEAF = 3;

  private static final JsonMapper JSON = new JsonMapper();

  private final Service service;
  private final Progress progress;
  private final InstantSource clock;
  private final Pause pause;
  private int silentStreams;
  private JsonNode latest;

  public WatchingAJob(Service service, Progress progress, InstantSource clock, Pause pause) {
    this.service = service;
    this.progress = progress;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Watches until the job is final or PAUSED.
   *
   * @param known the job's document as the service gave it a moment ago
   * @return the document as it is then
   * @throws CommandFailed when the service refuses, or is away for several minutes; the job goes on
   */
  public JsonNode untilItEnds(JsonNode known) {
    latest = known;
    String path = "/v1/jobs/" + Service.encoded(Job.of(known).id());
    try {
      boolean ended = ended(known);
      while (!ended) {
        ended = (silentStreams < DEAF && listen(path + "/events")) || ended(asking(path));
        if (!ended) {
          pause.of(BETWEEN_TRIES);
        }
      }
      return latest;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailed.unreachable("Interrupted while watching.", e);
    }
  }

  /** Asks until there is an answer. */
  private JsonNode asking(String path) throws InterruptedException {
    Instant lastAnswer = clock.instant();
    boolean away = false;
    while (true) {
      try {
        JsonNode document = service.get(path);
        if (away) {
          progress.note("The service is back.");
        }
        return document;
      } catch (CommandFailed failed) {
        Duration absence = Duration.between(lastAnswer, clock.instant());
        if (failed.exitCode() != ExitCode.UNREACHABLE || absence.compareTo(PATIENCE) > 0) {
          throw failed;
        }
        if (!away) {
          progress.note("The service is away; the job goes on by itself. Trying again ...");
          away = true;
        }
        pause.of(BETWEEN_TRIES);
      }
    }
  }

  /** Shows events until the stream ends; true when the job ended with it. */
  private boolean listen(String path) throws InterruptedException {
    boolean heard = false;
    try (EventStream events = service.events(path)) {
      for (Optional<String> data = events.next(SILENCE);
          data.isPresent();
          data = events.next(SILENCE)) {
        heard = true;
        if (ended(JSON.readTree(data.get()))) {
          return true;
        }
      }
    } catch (IOException e) {
      // An event that is no JSON: asking for the job will show what is the matter.
    }
    silentStreams = heard ? 0 : silentStreams + 1;
    return false;
  }

  private boolean ended(JsonNode document) {
    latest = document;
    Job job = Job.of(document);
    Job.Rows rows = job.rows();
    progress.show(rows.ended(), rows.total(), remark(job));
    return job.isFinal() || job.isPaused();
  }

  private static String remark(Job job) {
    String failed = job.rows().failed() == 0 ? "" : ", " + job.rows().failed() + " failed";
    return job.state() + failed;
  }
}
