package io.muster.cli.deadletter;

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

/** {@code muster dead-letter list}. */
@Command(
    name = "list",
    description = {
      "Lists messages that no service could read, the newest first: the tenant's own, or for"
          + " operators those of all tenants without what they hold."
    },
    footer = {
      "  muster dead-letter list",
      "  muster dead-letter list --topic muster.hr-events --json",
      "  muster dead-letter list --token \"$(muster token --role operator)\""
    })
final class DeadLetterList extends ServiceCommand {
  @Option(names = "--topic", paramLabel = "TOPIC", description = "Only those from this topic.")
  private String topic;

  @Mixin private PageOptions page;

  @Override
  public Integer call() {
    Query query = new Query(DeadLetterNoun.PATH).with("topic", topic);
    Pages pages = new Pages(service(), query.toString());
    if (json()) {
      results().json(pages.document(page.after(), page.limit()));
      return ExitCode.DONE;
    }
    Table table =
        new Table("ID", "PUT AT", "TENANT", "TOPIC", "PLACE", "REASON", "REDRIVEN AT")
            .keepWhole("ID");
    String next =
        pages.read(page.after(), page.limit(), items -> items.forEach(i -> row(i, table)));
    results().text(table.render(terminal().tableWidth()));
    if (next != null) {
      terminal().say("There is more: --after " + next);
    }
    return ExitCode.DONE;
  }

  private static void row(JsonNode letter, Table table) {
    String redrivenAt = text(letter, "redrivenAt");
    table.row(
        text(letter, "id"),
        Times.second(text(letter, "putAt")),
        text(letter, "tenant"),
        text(letter, "topic"),
        text(letter, "partition") + "/" + text(letter, "offset"),
        text(letter, "reason"),
        redrivenAt == null ? null : Times.second(redrivenAt));
  }

  private static String text(JsonNode letter, String field) {
    return letter.path(field).asText(null);
  }
}
