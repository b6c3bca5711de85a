package io.muster.cli.submit;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.job.MaxFailures;
import io.muster.cli.job.StartedJob;
import io.muster.cli.service.Query;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.contracts.command.Operation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster import}. */
@Command(
    name = "import",
    description = {
      "Uploads a CSV file and prints the job's id. Every row becomes a command; the job goes on by"
          + " itself. With --watch: shows the progress to the end; exit code 1 when rows failed, or"
          + " when the job is PAUSED (it says why)."
    },
    footer = {
      "  muster import hires.csv --operation add --watch",
      "  muster generate --operation add --rows 100 | muster import - --operation add",
      "  muster import hires.csv.gz --operation enable --license E3 --max-failures 5%%",
      "  muster import shops.csv --operation set --set Country=France --dry-run --watch"
    })
public final class Import extends ServiceCommand {
  @Parameters(
      paramLabel = "FILE",
      description = "A CSV file, also gzipped; - reads standard input.")
  private String file;

  @Option(
      names = "--operation",
      paramLabel = "OP",
      required = true,
      converter = OperationWord.class,
      completionCandidates = OperationWord.class,
      description = "What to do with each row: ${COMPLETION-CANDIDATES}.")
  private Operation operation;

  @Option(names = "--dry-run", description = "Check every row, change nothing.")
  private boolean dryRun;

  @Option(names = "--watch", description = "Show the progress until the job ends.")
  private boolean watch;

  @Option(
      names = "--license",
      paramLabel = "SKU",
      description = "A subscription for each row, besides its own. Repeatable.")
  private List<String> licenses = List.of();

  @Option(
      names = "--set",
      paramLabel = "Column=Value",
      description = "Fills empty cells of a column. Repeatable.")
  private List<String> fillings = List.of();

  @Option(
      names = "--max-failures",
      paramLabel = "N|N%",
      converter = MaxFailures.class,
      description = "Pause the job when more rows fail than that.")
  private String maxFailures;

  @Option(
      names = "--start-at",
      paramLabel = "TIME",
      converter = StartTime.class,
      description = "When to begin, ISO 8601; without an offset it is this machine's time.")
  private String startAt;

  @Option(
      names = "--allow-duplicate",
      description = "Import the file though the same one was imported before.")
  private boolean allowDuplicate;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Repeating an import with the same key gives the same job, not a second one.")
  private String idempotencyKey;

  @Override
  public Integer call() {
    check();
    Service service = service();
    JsonNode document = upload(service);
    return new StartedJob(terminal(), results(), service, json()).tell(document, watch);
  }

  private void check() {
    for (String filling : fillings) {
      if (filling.indexOf('=') < 1) {
        throw CommandFailed.wrongUsage("--set must look like Column=Value, not " + filling + ".");
      }
    }
  }

  private JsonNode upload(Service service) {
    Query query =
        new Query("/v1/jobs")
            .with("operation", operation.word())
            .with("dryRun", dryRun ? true : null)
            .with("maxFailures", maxFailures)
            .with("startAt", startAt)
            .with("allowDuplicate", allowDuplicate ? true : null);
    licenses.forEach(sku -> query.with("license", sku));
    fillings.forEach(filling -> query.with("set", filling));
    try {
      return new Uploading(terminal(), service)
          .upload(Upload.of(file, terminal().in()), query.toString(), idempotencyKey);
    } catch (CommandFailed refused) {
      throw refused.code().equals("DUPLICATE_FILE") ? explained(refused) : refused;
    }
  }

  private static CommandFailed explained(CommandFailed duplicate) {
    String earlier = duplicate.problem().path("job").asText("");
    return duplicate.withHints(
        "The earlier job: " + earlier,
        "Look at it: muster job show " + earlier,
        "Import the file all the same: repeat with --allow-duplicate.");
  }
}
