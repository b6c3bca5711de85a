package io.muster.cli.job.control;

import io.muster.cli.job.MaxFailures;
import io.muster.cli.job.StartedJob;
import io.muster.cli.service.Service;
import picocli.CommandLine.Option;

/** A verb that makes a child job of a job: it prints the child's id. */
abstract class ChildCommand extends ControlCommand {
  @Option(names = "--watch", order = 50, description = "Show the new job's progress to its end.")
  private boolean watch;

  @Option(
      names = "--max-failures",
      order = 51,
      paramLabel = "N|N%",
      converter = MaxFailures.class,
      description =
          "Pause the new job when more rows fail than that. Default: the service's, whatever the"
              + " parent had.")
  private String maxFailures;

  /** Makes the child, prints its id, and stays for its end where that was asked for. */
  final int start(String verb) {
    Service service = service();
    return new StartedJob(terminal(), results(), service, json())
        .tell(ask(service, address(verb).with("maxFailures", maxFailures)), watch);
  }
}
