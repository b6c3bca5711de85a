package io.muster.cli.job.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.job.StartedJob;
import io.muster.cli.service.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster job resume}. */
@Command(
    name = "resume",
    description = {
      "Goes on with a paused job. Where a guard paused it (MAX_FAILURES, BLAST_RADIUS), that guard"
          + " is off for this job from then on."
    },
    footer = {"  muster job resume 01990a3c-...", "  muster job resume 01990a3c-... --watch"})
public final class JobResume extends ControlCommand {
  @Option(names = "--watch", order = 50, description = "Show its progress to the end.")
  private boolean watch;

  @Override
  public Integer call() {
    Service service = service();
    JsonNode job = ask(service, address("resume"));
    return watch ? new StartedJob(terminal(), results(), service, json()).watch(job) : show(job);
  }
}
