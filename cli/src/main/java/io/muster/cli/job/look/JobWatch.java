package io.muster.cli.job.look;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.job.StartedJob;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster job watch}. */
@Command(
    name = "watch",
    description = {
      "Shows a job's progress until it ends. Exit code 1 when rows failed, or when the job is"
          + " PAUSED: it says why. Ctrl-C ends the watching, not the job."
    },
    footer = {"  muster job watch 01990a3c-...", "  muster job watch 01990a3c-... --json"})
public final class JobWatch extends ServiceCommand {
  @Parameters(paramLabel = "ID", description = "The job.")
  private String id;

  @Override
  public Integer call() {
    Service service = service();
    JsonNode known = service.get("/v1/jobs/" + Service.encoded(id));
    return new StartedJob(terminal(), results(), service, json()).watch(known);
  }
}
