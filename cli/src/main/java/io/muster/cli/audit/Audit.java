package io.muster.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.ExitCode;
import io.muster.cli.job.Times;
import io.muster.cli.service.PageOptions;
import io.muster.cli.service.Pages;
import io.muster.cli.service.Query;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code muster audit}. */
@Command(
    name = "audit",
    description = {
      "Tells who changed what, when, and by which job and row, refused attempts included; the"
          + " newest first. With --json also before and after, never a secret."
    },
    footer = {
      "  muster audit --user chris@contoso.com",
      "  muster audit --job 01990a3c-... --limit 1000 --json"
    })
public final class Audit extends ServiceCommand {
  @Option(names = "--user", paramLabel = "UPN", description = "Only what happened to this user.")
  private String user;

  @Option(names = "--job", paramLabel = "ID", description = "Only what this job did.")
  private String job;

  @Mixin private PageOptions page;

  @Override
  public Integer call() {
    Query query = new Query("/v1/audit").with("user", user).with("job", job);
    Pages pages = new Pages(service(), query.toString());
    if (json()) {
      results().json(pages.document(page.after(), page.limit()));
      return ExitCode.DONE;
    }
    Table table =
        new Table("WHEN", "WHO", "DID", "TO", "CHANGED", "REFUSED", "JOB", "ROW")
            .keepWhole("WHEN")
            .keepWhole("JOB")
            .keepWhole("ROW");
    String next =
        pages.read(page.after(), page.limit(), items -> items.forEach(i -> row(i, table)));
    results().text(table.render(terminal().tableWidth()));
    if (next != null) {
      terminal().say("There is more: --after " + next);
    }
    return ExitCode.DONE;
  }

  private static void row(JsonNode entry, Table table) {
    table.row(
        Times.second(text(entry, "time")),
        text(entry, "actor"),
        did(entry),
        text(entry, "user"),
        ChangedFields.of(entry.path("before"), entry.path("after")),
        text(entry, "code"),
        text(entry, "job"),
        text(entry, "row"));
  }

  /** A check of a password has an operation of its own name. */
  private static String did(JsonNode entry) {
    boolean takenBack = "UNDO".equals(text(entry, "kind"));
    return text(entry, "operation") + (takenBack ? " (taken back)" : "");
  }

  private static String text(JsonNode entry, String field) {
    return entry.path(field).asText(null);
  }
}
