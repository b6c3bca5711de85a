package io.muster.cli.operations;

import picocli.CommandLine.Command;

/** {@code muster dispatch resume}. */
@Command(
    name = "resume",
    description = {
      "Goes on sending commands, for all tenants or one. A tenant that was paused by name is"
          + " resumed by name."
    },
    footer = {"  muster dispatch resume", "  muster dispatch resume --tenant contoso"})
final class DispatchResume extends DispatchCommand {
  @Override
  public Integer call() {
    return ask("resume", "running");
  }
}
