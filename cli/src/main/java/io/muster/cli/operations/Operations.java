package io.muster.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.ExitCode;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Facts;
import picocli.CommandLine.Command;

/** {@code muster operations}. */
@Command(
    name = "operations",
    description = {
      "For operators: whether dispatch is paused, lag, window, shares, spools with age and size, and"
          + " the open jobs of all tenants by number. No personal data."
    },
    footer = {
      "  muster operations",
      "  muster operations --json",
      "  muster operations --token \"$(muster token --role operator)\""
    })
public final class Operations extends ServiceCommand {
  /** The role that these calls take. */
  public static final String OPERATOR = "operator";

  /** Where it all stands. */
  public static final String PATH = "/v1/operations";

  @Override
  public Integer call() {
    JsonNode document = service(OPERATOR).get(PATH);
    if (json()) {
      results().json(document);
    } else {
      results().text(Facts.text(document, terminal().tableWidth()));
    }
    return ExitCode.DONE;
  }
}
