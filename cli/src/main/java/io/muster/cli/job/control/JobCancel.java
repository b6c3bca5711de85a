package io.muster.cli.job.control;

import picocli.CommandLine.Command;

/** {@code muster job cancel}. */
@Command(
    name = "cancel",
    description = {
      "Gives up a job: rows that are under way end, all others are CANCELLED. What was done stays"
          + " done; undo takes it back."
    },
    footer = {"  muster job cancel 01990a3c-...", "  muster job undo 01990a3c-..."})
public final class JobCancel extends ControlCommand {
  @Override
  public Integer call() {
    return show(ask(service(), address("cancel")));
  }
}
