package io.muster.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Facts;
import io.muster.cli.terminal.Results;
import java.util.List;
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
  /** In {@link #summary}: what consumers have not yet done. */
  public static final String LAG = "lag";

  /** The role that these calls take. */
  public static final String OPERATOR = "operator";

  private static final List<String> WORTH_A_LOOK =
      List.of("dispatch", "window", LAG, "deadLetters");

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
   * What is worth a look every time: dispatch, window, lag and dead letters as they are, and how
   * many jobs are open.
   *
   * @return empty when the caller may not know
   * @throws CommandFailed when the service can't be reached
   */
  public static Optional<ObjectNode> summary(Service service) {
    try {
      return Optional.of(summary(service.get(PATH)));
    } catch (CommandFailed failed) {
      if (failed.exitCode() == ExitCode.REFUSED) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  private static ObjectNode summary(JsonNode operations) {
    ObjectNode summary = Results.object();
    for (String name : WORTH_A_LOOK) {
      if (operations.hasNonNull(name)) {
        summary.set(name, operations.get(name));
      }
    }
    long open = 0;
    for (JsonNode tenant : operations.path("tenants")) {
      open += tenant.path("openJobs").asLong();
    }
    return summary.put("openJobs", open);
  }
}
