package io.muster.cli.operations;

import picocli.CommandLine.Command;

/** {@code muster dispatch pause}. */
@Command(
    name = "pause",
    description = {
      "Stops sending commands to the services, for all tenants or one. Uploads are still accepted;"
          + " what is under way ends. It stays so, also over restarts, until dispatch resume."
    },
    footer = {"  muster dispatch pause", "  muster dispatch pause --tenant contoso"})
final class DispatchPause extends DispatchCommand {
  @Override
  public Integer call() {
    return ask("pause", "paused");
  }
}
