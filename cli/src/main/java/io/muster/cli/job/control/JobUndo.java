package io.muster.cli.job.control;

import picocli.CommandLine.Command;

/** {@code muster job undo}. */
@Command(
    name = "undo",
    description = {
      "Takes back what a finished job did, its last row first, and prints the new job's id. Rows"
          + " that something newer has changed since stay as they are (SUPERSEDED), and so do rows"
          + " that replaced a password (NOT_UNDOABLE): old passwords don't come back."
    },
    footer = {"  muster job undo 01990a3c-...", "  muster job undo 01990a3c-... --watch"})
public final class JobUndo extends ChildCommand {
  @Override
  public Integer call() {
    return start("undo");
  }
}
