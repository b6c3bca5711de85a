package io.muster.cli.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.MusterCommand;
import io.muster.cli.service.LocalService;
import io.muster.cli.terminal.Results;
import io.muster.localstack.LocalStack;
import io.muster.localstack.home.StackFailure;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster down}: ends what {@code up} started, even when {@code up} itself was killed. */
@Command(
    name = "down",
    description = "Stops the local stack, also what a killed up left behind. Data stays.",
    footer = {"  muster down", "  muster down --data /srv/muster"})
public final class Down extends MusterCommand {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The stack's folder. Default: MUSTER_DATA, else .muster.")
  private String data;

  @Override
  public Integer call() throws InterruptedException {
    List<String> stopped;
    try {
      stopped = LocalStack.down(LocalService.folder(data, terminal().environment()));
    } catch (StackFailure failure) {
      throw CommandFailed.refused("LOCAL_STACK", failure.getMessage());
    }
    if (json()) {
      ObjectNode document = Results.object();
      stopped.forEach(document.putArray("stopped")::add);
      results().json(document);
    } else {
      results()
          .line(
              stopped.isEmpty() ? "nothing was running" : "stopped " + String.join(", ", stopped));
    }
    return ExitCode.DONE;
  }
}
