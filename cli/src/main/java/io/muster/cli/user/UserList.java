package io.muster.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.service.PageOptions;
import io.muster.cli.service.Pages;
import io.muster.cli.service.Query;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.OutputLost;
import io.muster.cli.terminal.Table;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster user list}. */
@Command(
    name = "list",
    description = {
      "Looks people up: by any part of name, user principal name or department, disabled accounts"
          + " included. Without QUERY ordered by user principal name. With --csv: all of them, as a"
          + " file for spreadsheets that import --operation set takes again."
    },
    footer = {
      "  muster user list",
      "  muster user list --state ACTIVE --csv > active.csv",
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

  @Parameters(paramLabel = "QUERY", arity = "0..1", description = "What to look for.")
  private String query;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only these accounts: ${COMPLETION-CANDIDATES}.")
  private State state;

  @Option(names = "--unit", paramLabel = "UNIT", description = "Only users of this unit.")
  private String unit;

  @Option(names = "--csv", description = "Print all of the list as CSV instead of a table.")
  private boolean csv;

  @Mixin private PageOptions page;

  @Override
  public Integer call() {
    Query path =
        new Query("/v1/users").with("query", query).with("state", state).with("unit", unit);
    if (csv) {
      return export(path);
    }
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

  /** The file has one owner, the gateway, which streams it: a directory may be of any size. */
  private int export(Query path) {
    if (json() || page.isLimited()) {
      throw CommandFailed.wrongUsage("--csv is all of the list: without --json and --limit.");
    }
    try {
      service().copy(path.with("after", page.after()).toString(), "text/csv", results().stream());
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new OutputLost(e);
    }
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
