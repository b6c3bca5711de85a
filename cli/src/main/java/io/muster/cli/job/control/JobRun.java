package io.muster.cli.job.control;

import picocli.CommandLine.Command;

/** {@code muster job run}. */
@Command(
    name = "run",
    description = {
      "Starts a dry run's file for real, without uploading it again, and prints the new job's id."
          + " Your role and units count, whoever made the dry run."
    },
    footer = {
      "  muster import hires.csv --operation enable --license E3 --dry-run --watch",
      "  muster job run 01990a3c-... --watch"
    })
public final class JobRun extends ChildCommand {
  @Override
  public Integer call() {
    return start("run");
  }
}
