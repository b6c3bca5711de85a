package io.muster.cli.job.look;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.ExitCode;
import io.muster.cli.job.Job;
import io.muster.cli.job.JobSummary;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster job show}. */
@Command(
    name = "show",
    description = "Shows how a job stands: counts, failures by code with their remedies.",
    footer = {"  muster job show 01990a3c-...", "  muster job show 01990a3c-... --json"})
public final class JobShow extends ServiceCommand {
  @Parameters(paramLabel = "ID", description = "The job.")
  private String id;

  @Override
  public Integer call() {
    JsonNode document = service().get("/v1/jobs/" + Service.encoded(id));
    if (json()) {
      results().json(document);
    } else {
      results().text(new JobSummary(Job.of(document)).text(terminal().tableWidth()));
    }
    return ExitCode.DONE;
  }
}
