package io.muster.cli.job.file;

import io.muster.cli.ExitCode;
import io.muster.cli.service.Pages;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.OutputLost;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster job failures}. */
@Command(
    name = "failures",
    description = {
      "Prints the failed rows as CSV, each with its number, code and message: correct them and"
          + " import the file again. With --json: the first 10,000 failed rows as a list."
    },
    footer = {
      "  muster job failures 01990a3c-... > failures.csv",
      "  muster job failures 01990a3c-... --json"
    })
public final class JobFailures extends ServiceCommand {
  private static final long JSON_ROWS = 10_000;

  @Parameters(paramLabel = "ID", description = "The job.")
  private String id;

  @Override
  public Integer call() {
    Service service = service();
    String job = "/v1/jobs/" + Service.encoded(id);
    if (json()) {
      results().json(new Pages(service, job + "/rows?outcome=FAILED").document(null, JSON_ROWS));
      return ExitCode.DONE;
    }
    try {
      service.copy(job + "/failures.csv", CsvAsJson.MEDIA_TYPE, results().stream());
    } catch (IOException e) {
      throw new OutputLost(e);
    }
    return ExitCode.DONE;
  }
}
