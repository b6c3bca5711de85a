package io.muster.cli.job.control;

import picocli.CommandLine.Command;

/** {@code muster job pause}. */
@Command(
    name = "pause",
    description = {
      "Pauses a job: no further row is begun, those that are under way end. It stays paused, also"
          + " over restarts, until it is resumed or cancelled."
    },
    footer = {"  muster job pause 01990a3c-...", "  muster job resume 01990a3c-..."})
public final class JobPause extends ControlCommand {
  @Override
  public Integer call() {
    return show(ask(service(), address("pause")));
  }
}
