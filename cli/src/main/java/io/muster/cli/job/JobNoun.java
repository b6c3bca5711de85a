package io.muster.cli.job;

import io.muster.cli.NounCommand;
import picocli.CommandLine.Command;

/** {@code muster job}. */
@Command(
    name = "job",
    description = "Jobs: what became of an import.",
    subcommands = {
      JobList.class,
      JobShow.class,
      JobWatch.class,
      JobRows.class,
      JobFailures.class,
      JobCredentials.class
    },
    footer = {"  muster job list", "  muster job watch 01990a3c-..."})
public final class JobNoun extends NounCommand {}
