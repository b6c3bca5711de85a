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
    String comeBack =
        "The job goes on by itself. To come back: muster job watch " + Job.of(known).id();
    try {
      return untilItEnds(known, () -> terminal.say(comeBack));
    } catch (CommandFailed failed) {
      throw failed.code().equals("UNREACHABLE") ? failed.withHints(comeBack) : failed;
    }
  }

  /**
   * The same with another farewell.
   *
   * @param farewell runs when Ctrl-C ends the watching, after the progress was taken away
   */
  public JsonNode untilItEnds(JsonNode known, Runnable farewell) {
    InstantSource clock = InstantSource.system();
    try (Progress progress = Progress.on(terminal, "rows", "rows", clock);
        OnInterrupt interrupted =
            OnInterrupt.run(
                () -> {
                  progress.close();
                  farewell.run();
                })) {
      return new WatchingAJob(service, progress, clock, d -> Thread.sleep(d.toMillis()))
          .untilItEnds(known);
    }
  }
}
