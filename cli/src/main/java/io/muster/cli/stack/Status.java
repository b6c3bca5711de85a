package io.muster.cli.stack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.ExitCode;
import io.muster.cli.MusterCommand;
import io.muster.cli.service.LocalService;
import io.muster.cli.terminal.Results;
import io.muster.cli.terminal.Table;
import io.muster.localstack.LocalStack;
import io.muster.localstack.StackStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster status}: health, version, address of each part, and how far consumers lag. */
@Command(
    name = "status",
    description = "Shows how each part of the local stack is, and what waits on the bus.",
    footer = {"  muster status", "  muster status --json"})
public final class Status extends MusterCommand {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The stack's folder. Default: MUSTER_DATA, else .muster.")
  private String data;

  @Override
  public Integer call() {
    StackStatus status = LocalStack.status(LocalService.folder(data, terminal().environment()));
    if (json()) {
      results().json(document(status));
    } else if (status.parts().isEmpty()) {
      results().line("nothing is running; start it: muster up");
    } else {
      print(status);
    }
    return status.healthy() ? ExitCode.DONE : ExitCode.UNREACHABLE;
  }

  private void print(StackStatus status) {
    Table parts = new Table("PART", "HEALTH", "VERSION", "PID", "ADDRESS");
    for (StackStatus.PartStatus part : status.parts()) {
      parts.row(
          part.name(),
          part.health().name(),
          part.version() == null ? "-" : part.version(),
          part.pid() == 0 ? "-" : Long.toString(part.pid()),
          part.address());
    }
    results().text(parts.render(terminal().tableWidth()));
    Table lags = new Table("GROUP", "TOPIC", "LAG");
    for (StackStatus.GroupLag lag : status.lags()) {
      lags.row(lag.group(), lag.topic(), Long.toString(lag.lag()));
    }
    results().text("\n" + lags.render(terminal().tableWidth()));
  }

  private static ObjectNode document(StackStatus status) {
    ObjectNode document = Results.object();
    document.put("healthy", status.healthy());
    document.put("running", status.running());
    document.put("launcherAlive", status.launcherAlive());
    ArrayNode parts = document.putArray("parts");
    for (StackStatus.PartStatus part : status.parts()) {
      parts
          .addObject()
          .put("name", part.name())
          .put("health", part.health().name())
          .put("pid", part.pid())
          .put("port", part.port())
          .put("address", part.address())
          .put("version", part.version())
          .put("log", part.log());
    }
    ArrayNode lags = document.putArray("lags");
    for (StackStatus.GroupLag lag : status.lags()) {
      lags.addObject().put("group", lag.group()).put("topic", lag.topic()).put("lag", lag.lag());
    }
    return document;
  }
}
