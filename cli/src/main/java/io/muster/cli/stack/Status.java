package io.muster.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.operations.Operations;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Facts;
import io.muster.cli.terminal.Table;
import io.muster.localstack.LocalStack;
import io.muster.localstack.StackStatus;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code muster status}. */
@Command(
    name = "status",
    description = {
      "Tells health, version, lag and address of each part of the local stack; of a remote system,"
          + " what its gateway says of its health. To an operator also how dispatch and jobs stand."
          + " Exit code 4 when a part is not up."
    },
    footer = {"  muster status", "  muster status --url https://muster.example.com --json"})
public final class Status extends ServiceCommand {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String OPERATIONS = "operations";

  @Override
  public Integer call() {
    return isLocal() ? local(LocalStack.status(local().folder())) : remote();
  }

  private int local(StackStatus status) {
    Optional<ObjectNode> operations = status.running() ? operations() : Optional.empty();
    // Asked from Kafka itself, also while the gateway is away.
    operations.ifPresent(found -> found.remove(Operations.LAG));
    if (json()) {
      ObjectNode document = JSON.valueToTree(status);
      document.put("healthy", status.healthy());
      operations.ifPresent(found -> document.set(OPERATIONS, found));
      results().json(document);
    } else if (status.parts().isEmpty()) {
      results().line("Nothing is running in " + local().folder() + ". Start it: muster up");
    } else {
      results().text(parts(status) + "\n" + lags(status) + text(operations));
      if (!status.launcherAlive()) {
        terminal().say("The muster up that started it is gone: clean up with muster down.");
      }
    }
    return status.healthy() ? ExitCode.DONE : ExitCode.UNREACHABLE;
  }

  /** Empty where the caller is no operator, or the system can't tell just now. */
  private Optional<ObjectNode> operations() {
    try {
      return Operations.summary(service(Operations.OPERATOR));
    } catch (CommandFailed failed) {
      return Optional.empty();
    }
  }

  private String text(Optional<ObjectNode> operations) {
    return operations.map(o -> "\n" + Facts.text(o, terminal().tableWidth())).orElse("");
  }

  private String parts(StackStatus status) {
    Table table =
        new Table("PART", "HEALTH", "VERSION", "PID", "ADDRESS", "LOG")
            .keepWhole("PART")
            .keepWhole("HEALTH")
            .keepWhole("ADDRESS");
    for (StackStatus.PartStatus part : status.parts()) {
      Object pid = part.pid() == 0 ? null : part.pid();
      table.row(part.name(), part.health(), part.version(), pid, part.address(), part.log());
    }
    return table.render(terminal().tableWidth());
  }

  private String lags(StackStatus status) {
    Table table = new Table("GROUP", "TOPIC", "LAG").keepWhole("LAG");
    status.lags().forEach(lag -> table.row(lag.group(), lag.topic(), lag.lag()));
    return table.isEmpty() ? "" : table.render(terminal().tableWidth());
  }

  /** Readiness answers 503 when a check fails, which ends as unreachable with its document. */
  private int remote() {
    Service service = service();
    JsonNode health = service.get("/q/health/ready");
    Optional<ObjectNode> operations = operations();
    if (json()) {
      if (health instanceof ObjectNode document) {
        operations.ifPresent(found -> document.set(OPERATIONS, found));
      }
      results().json(health);
    } else {
      results().line(service.url() + ": " + health.path("status").asText("unknown"));
      results().text(checks(health.path("checks")) + text(operations));
    }
    return "UP".equals(health.path("status").asText()) ? ExitCode.DONE : ExitCode.UNREACHABLE;
  }

  private String checks(JsonNode checks) {
    return checks.isEmpty() ? "" : "\n" + Facts.list(checks, terminal().tableWidth());
  }
}
