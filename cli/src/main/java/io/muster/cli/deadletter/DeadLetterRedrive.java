package io.muster.cli.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster dead-letter redrive}. */
@Command(
    name = "redrive",
    description = {
      "Sends the message again as it was, once: after an upgrade that can read it, say. Nothing is"
          + " done twice by it; what still can't be read is a new dead letter."
    },
    footer = {"  muster dead-letter redrive 01990a3c-..."})
final class DeadLetterRedrive extends ServiceCommand {
  @Parameters(paramLabel = "ID", description = "The letter's id, from dead-letter list.")
  private String id;

  @Override
  public Integer call() {
    String path = DeadLetterNoun.PATH + "/" + Service.encoded(id) + "/redrive";
    JsonNode answer = service().post(path, Results.object());
    if (json()) {
      results().json(answer);
    } else {
      results().line("Sent again to " + answer.path("topic").asText() + ".");
    }
    return ExitCode.DONE;
  }
}
