package io.muster.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import io.muster.cli.terminal.Results;
import io.muster.cli.terminal.Terminal;
import java.util.Locale;

/** Tells of a job that was just made: its id at once, and its end for who waits. */
public final class StartedJob {
  private final Terminal terminal;
  private final Results results;
  private final Service service;
  private final boolean json;

  /**
   * @param json one document instead of text: the job as it is now or, when watched, at its end
   */
  public StartedJob(Terminal terminal, Results results, Service service, boolean json) {
    this.terminal = terminal;
    this.results = results;
    this.service = service;
    this.json = json;
  }

  /**
   * Prints the id to standard output, alone in its line, and what else is to know to standard
   * error.
   *
   * @param document the job
   * @param watch stay until the job is final or PAUSED
   * @return the exit code
   */
  public int tell(JsonNode document, boolean watch) {
    if (!json) {
      Job job = Job.of(document);
      results.line(job.id());
      if (!watch) {
        terminal.say(accepted(job));
      }
    }
    if (watch) {
      return watch(document);
    }
    if (json) {
      results.json(document);
    }
    return ExitCode.DONE;
  }

  /**
   * Stays until the job is final or PAUSED, prints how it stands then, and returns the exit code.
   */
  public int watch(JsonNode document) {
    JsonNode end = new WatchOnTerminal(terminal, service).untilItEnds(document);
    JobSummary summary = new JobSummary(Job.of(end));
    if (json) {
      results.json(end);
    } else {
      results.text(summary.text(terminal.tableWidth()));
    }
    return summary.exitCode();
  }

  private static String accepted(Job job) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%,d rows accepted", job.rows().total()));
    if (job.startAt() != null) {
      text.append(", to be started at ").append(Times.second(job.startAt()));
    }
    if (job.expectedDuration() != null) {
      text.append(", expected to take ").append(Times.words(job.expectedDuration()));
    }
    return text.append(". To see how it stands: muster job watch ").append(job.id()).toString();
  }
}
