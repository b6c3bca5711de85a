package io.muster.cli.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.ExitCode;
import io.muster.cli.MusterCommand;
import io.muster.cli.terminal.Results;
import io.muster.localstack.LocalStack;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster down}. */
@Command(
    name = "down",
    description = "Stops what up left running, also after a kill -9 of up. The data stays.",
    footer = {"  muster down", "  muster down --data /var/lib/muster"})
public final class Down extends MusterCommand {
  @Mixin private FolderOption data;

  @Override
  public Integer call() throws InterruptedException {
    Path folder = data.folder(terminal().environment());
    List<String> stopped = LocalStack.down(folder);
    if (json()) {
      ObjectNode document = Results.object();
      stopped.forEach(document.putArray("stopped")::add);
      results().json(document);
    } else {
      results()
          .line(
              stopped.isEmpty()
                  ? "Nothing was running in " + folder + "."
                  : "Stopped: " + String.join(", ", stopped) + ".");
    }
    return ExitCode.DONE;
  }
}
