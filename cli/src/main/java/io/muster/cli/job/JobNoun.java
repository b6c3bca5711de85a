package io.muster.cli.job;

import io.muster.cli.NounCommand;
import io.muster.cli.job.control.JobCancel;
import io.muster.cli.job.control.JobClose;
import io.muster.cli.job.control.JobPause;
import io.muster.cli.job.control.JobResume;
import io.muster.cli.job.control.JobRetry;
import io.muster.cli.job.control.JobRun;
import io.muster.cli.job.control.JobUndo;
import io.muster.cli.job.file.JobCredentials;
import io.muster.cli.job.file.JobFailures;
import io.muster.cli.job.file.JobResults;
import io.muster.cli.job.look.JobList;
import io.muster.cli.job.look.JobRows;
import io.muster.cli.job.look.JobShow;
import io.muster.cli.job.look.JobWatch;
import picocli.CommandLine.Command;

/** {@code muster job}. */
@Command(
    name = "job",
    description = "Jobs: what became of an import, and what to do about it.",
    subcommands = {
      JobList.class,
      JobShow.class,
      JobWatch.class,
      JobRows.class,
      JobResults.class,
      JobFailures.class,
      JobCredentials.class,
      JobRun.class,
      JobPause.class,
      JobResume.class,
      JobCancel.class,
      JobRetry.class,
      JobUndo.class,
      JobClose.class
    },
    footer = {
      "  muster job list",
      "  muster job watch 01990a3c-...",
      "  muster job retry 01990a3c-... --watch"
    })
public final class JobNoun extends NounCommand {}
