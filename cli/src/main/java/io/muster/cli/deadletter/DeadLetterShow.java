package io.muster.cli.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Facts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster dead-letter show}. */
@Command(
    name = "show",
    description = "Shows a message that could not be read; what it holds to its tenant only.",
    footer = {"  muster dead-letter show 01990a3c-...", "  muster dead-letter show ID --json"})
final class DeadLetterShow extends ServiceCommand {
  @Parameters(paramLabel = "ID", description = "The letter's id, from dead-letter list.")
  private String id;

  @Override
  public Integer call() {
    JsonNode document = service().get(DeadLetterNoun.PATH + "/" + Service.encoded(id));
    if (json()) {
      results().json(document);
    } else {
      results().text(Facts.text(document, terminal().tableWidth()));
    }
    return ExitCode.DONE;
  }
}
