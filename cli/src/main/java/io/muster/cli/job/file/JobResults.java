package io.muster.cli.job.file;

import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.OutputLost;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster job results}. */
@Command(
    name = "results",
    description = {
      "Prints every row of a job as CSV: number, user, outcome, code and message. With --json: a"
          + " list of the same."
    },
    footer = {
      "  muster job results 01990a3c-... > results.csv",
      "  muster job results 01990a3c-... --json"
    })
public final class JobResults extends ServiceCommand {
  @Parameters(paramLabel = "ID", description = "The job.")
  private String id;

  @Override
  public Integer call() {
    Service service = service();
    String path = "/v1/jobs/" + Service.encoded(id) + "/results.csv";
    try {
      if (json()) {
        CsvAsJson.list(service, path, results());
      } else {
        service.copy(path, CsvAsJson.MEDIA_TYPE, results().stream());
      }
    } catch (IOException e) {
      throw new OutputLost(e);
    }
    return ExitCode.DONE;
  }
}
