package io.muster.cli.job.control;

import picocli.CommandLine.Command;

/** {@code muster job close}. */
@Command(
    name = "close",
    description = {
      "Closes a finished job before its time: its rows are deleted, and retry, undo and failures"
          + " are no longer possible. A job closes by itself 30 days after its end."
    },
    footer = "  muster job close 01990a3c-...")
public final class JobClose extends ControlCommand {
  @Override
  public Integer call() {
    return show(ask(service(), address("close")));
  }
}
