package io.muster.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.service.Service;
import io.muster.cli.terminal.OnInterrupt;
import io.muster.cli.terminal.Progress;
import io.muster.cli.terminal.Terminal;
import java.time.InstantSource;

/** Watches a job for a person: progress on standard error, and a way back for who leaves early. */
public final class WatchOnTerminal {
  private final Terminal terminal;
  private final Service service;

  public WatchOnTerminal(Terminal terminal, Service service) {
    this.terminal = terminal;
    this.service = service;
  }

  /**
   * Watches until the job is final or PAUSED.
   *
   * @param known the job's document as the service gave it a moment ago
   * @return the document as it is then
   */
  public JsonNode untilItEnds(JsonNode known) {
    String id = Job.of(known).id();
    InstantSource clock = InstantSource.system();
    String comeBack = "The job goes on by itself. To come back: muster job watch " + id;
    try (OnInterrupt interrupted = OnInterrupt.run(() -> terminal.say(comeBack));
        Progress progress = Progress.on(terminal, "rows", "rows", clock)) {
      return new WatchingAJob(service, progress, clock, d -> Thread.sleep(d.toMillis()))
          .untilItEnds(known);
    } catch (CommandFailed failed) {
      throw failed.code().equals("UNREACHABLE") ? failed.withHints(comeBack) : failed;
    }
  }
}
