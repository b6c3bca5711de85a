package io.muster.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Facts;
import io.muster.cli.terminal.Results;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code muster operations}. */
@Command(
    name = "operations",
    description = {
      "For operators: whether dispatch is paused, lag, window, shares, spools with age and size,"
          + " and the open jobs of all tenants by number. No personal data."
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

  /**
   * How it stands without the lists, of which only the length is kept.
   *
   * @return empty when the caller may not know
   * @throws CommandFailed when the service can't be reached
   */
  public static Optional<ObjectNode> summary(Service service) {
    try {
      return service.get(PATH) instanceof ObjectNode document
          ? Optional.of(shortened(document))
          : Optional.empty();
    } catch (CommandFailed failed) {
      if (failed.exitCode() == ExitCode.REFUSED) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  private static ObjectNode shortened(ObjectNode document) {
    ObjectNode summary = Results.object();
    document
        .fields()
        .forEachRemaining(
            field -> {
              JsonNode value = field.getValue();
              boolean isList = value.isArray() && (value.isEmpty() || value.get(0).isObject());
              summary.set(field.getKey(), isList ? IntNode.valueOf(value.size()) : value);
            });
    return summary;
  }
}
