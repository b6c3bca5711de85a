package io.muster.cli.job.file;

import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.OutputLost;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster job credentials}. */
@Command(
    name = "credentials",
    description = {
      "Prints the passwords that a finished job generated, as CSV, to whoever submitted it. They"
          + " can be printed again for 15 minutes; then they are shredded. With --json: a list."
    },
    footer = {
      "  muster job credentials 01990a3c-... > credentials.csv",
      "  muster job credentials 01990a3c-... --delete --json"
    })
public final class JobCredentials extends ServiceCommand {
  @Parameters(paramLabel = "ID", description = "The job.")
  private String id;

  @Option(names = "--delete", description = "Shred them as soon as all of them were printed.")
  private boolean delete;

  @Override
  public Integer call() {
    Service service = service();
    String path = "/v1/jobs/" + Service.encoded(id) + "/credentials.csv";
    try {
      if (json()) {
        CsvAsJson.list(service, path, results());
      } else {
        service.copy(path, CsvAsJson.MEDIA_TYPE, results().stream());
      }
    } catch (IOException e) {
      throw new OutputLost(e);
    }
    if (delete) {
      service.delete(path);
    }
    return ExitCode.DONE;
  }
}
