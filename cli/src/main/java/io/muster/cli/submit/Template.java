package io.muster.cli.submit;

import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.OutputLost;
import io.muster.cli.terminal.Results;
import io.muster.contracts.command.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster template}: the text has one owner, the gateway, so it needs the service. */
@Command(
    name = "template",
    description = "Prints the CSV template of an operation, with one example row.",
    footer = {"  muster template add > hires.csv", "  muster template set-password"})
public final class Template extends ServiceCommand {
  @Parameters(
      paramLabel = "OP",
      converter = OperationWord.class,
      completionCandidates = OperationWord.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private Operation operation;

  @Override
  public Integer call() {
    Service service = service();
    String path = "/v1/templates/" + operation.word() + ".csv";
    try {
      if (!json()) {
        service.copy(path, "text/csv", results().stream());
        return ExitCode.DONE;
      }
      ByteArrayOutputStream csv = new ByteArrayOutputStream();
      service.copy(path, "text/csv", csv);
      results()
          .json(
              Results.object()
                  .put("operation", operation.name())
                  .put("csv", csv.toString(StandardCharsets.UTF_8)));
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new OutputLost(e);
    }
  }
}
