package io.muster.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.ExitCode;
import io.muster.cli.service.PageOptions;
import io.muster.cli.service.Pages;
import io.muster.cli.service.Query;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster user list}. */
@Command(
    name = "list",
    description = "Looks people up, ordered by user principal name.",
    footer = {
      "  muster user list",
      "  muster user list green --state DISABLED",
      "  muster user list --unit shop-17 --json"
    })
final class UserList extends ServiceCommand {
  /** Where an account is in its life. */
  enum State {
    DISABLED,
    ACTIVE,
    REMOVED
  }

  @Parameters(paramLabel = "QUERY", arity = "0..1", description = "Part of a name.")
  private String query;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only these accounts: ${COMPLETION-CANDIDATES}.")
  private State state;

  @Option(names = "--unit", paramLabel = "UNIT", description = "Only users of this unit.")
  private String unit;

  @Mixin private PageOptions page;

  @Override
  public Integer call() {
    Query path =
        new Query("/v1/users").with("query", query).with("state", state).with("unit", unit);
    Pages pages = new Pages(service(), path.toString());
    if (json()) {
      results().json(pages.document(page.after(), page.limit()));
      return ExitCode.DONE;
    }
    Table table =
        new Table("USER", "STATE", "NAME", "JOB TITLE", "DEPARTMENT", "UNIT").keepWhole("STATE");
    String next =
        pages.read(page.after(), page.limit(), items -> items.forEach(u -> row(u, table)));
    results().text(table.render(terminal().tableWidth()));
    if (next != null) {
      terminal().say("There is more: --after " + next);
    }
    return ExitCode.DONE;
  }

  private static void row(JsonNode user, Table table) {
    table.row(
        user.path("userPrincipalName").asText(""),
        user.path("state").asText(""),
        user.path("displayName").asText(""),
        user.path("jobTitle").asText(""),
        user.path("department").asText(""),
        user.path("unit").asText(""));
  }
}
