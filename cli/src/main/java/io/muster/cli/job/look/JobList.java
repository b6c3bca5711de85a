package io.muster.cli.job.look;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.ExitCode;
import io.muster.cli.job.Job;
import io.muster.cli.job.Times;
import io.muster.cli.service.PageOptions;
import io.muster.cli.service.Pages;
import io.muster.cli.service.Query;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Table;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code muster job list}. */
@Command(
    name = "list",
    description = "Lists jobs, the newest first.",
    footer = {
      "  muster job list",
      "  muster job list --state RUNNING",
      "  muster job list --operation add --limit 10 --json"
    })
public final class JobList extends ServiceCommand {
  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only jobs in this state: ${COMPLETION-CANDIDATES}.")
  private JobState state;

  @Option(names = "--operation", paramLabel = "OP", description = "Only jobs of this operation.")
  private String operation;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description =
          "Only jobs from there: ${COMPLETION-CANDIDATES}. Without it, single calls and SCIM are"
              + " left out.")
  private JobSource source;

  @Mixin private PageOptions page;

  @Override
  public Integer call() {
    Query query =
        new Query("/v1/jobs")
            .with("state", state)
            .with("operation", operation)
            .with("source", source);
    Pages pages = new Pages(service(), query.toString());
    if (json()) {
      results().json(pages.document(page.after(), page.limit()));
      return ExitCode.DONE;
    }
    Table table =
        new Table("ID", "STATE", "OPERATION", "ROWS", "FAILED", "SUBMITTED", "FILE")
            .keepWhole("ID")
            .keepWhole("STATE");
    String next =
        pages.read(page.after(), page.limit(), items -> items.forEach(j -> row(j, table)));
    results().text(table.render(terminal().tableWidth()));
    if (next != null) {
      terminal().say("There is more: --after " + next);
    }
    return ExitCode.DONE;
  }

  private static void row(JsonNode document, Table table) {
    Job job = Job.of(document);
    table.row(
        job.id(),
        job.state(),
        job.operation() + (job.dryRun() ? " (dry run)" : ""),
        job.rows().total(),
        job.rows().failed(),
        Times.second(job.submittedAt()),
        job.origin());
  }
}
