package io.muster.cli.job.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.ExitCode;
import io.muster.cli.job.Job;
import io.muster.cli.job.JobSummary;
import io.muster.cli.service.Query;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Results;
import picocli.CommandLine.Parameters;

/** A verb on a job that is there. */
abstract class ControlCommand extends ServiceCommand {
  @Parameters(paramLabel = "ID", description = "The job.")
  private String id;

  /** The address of a verb on this job. */
  final Query address(String verb) {
    return new Query("/v1/jobs/" + Service.encoded(id) + "/" + verb);
  }

  /** Asks for it, and returns the job that the service answers with. */
  static JsonNode ask(Service service, Query address) {
    return service.post(address.toString(), Results.object());
  }

  /** Shows how the job stands now. */
  final int show(JsonNode document) {
    if (json()) {
      results().json(document);
    } else {
      results().text(new JobSummary(Job.of(document)).text(terminal().tableWidth()));
    }
    return ExitCode.DONE;
  }
}
