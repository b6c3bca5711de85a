package io.muster.cli.job;

import io.muster.contracts.job.JobState;
import java.util.ArrayList;
import java.util.List;

/** What to do next with a job, each line with the command that does it. */
final class JobAdvice {
  private JobAdvice() {}

  /** Lines for people; empty when there is nothing to do. */
  static List<String> of(Job job) {
    List<String> lines = new ArrayList<>();
    if (job.isPaused()) {
      paused(job, lines);
    }
    if (!job.failures().isEmpty()) {
      failed(job, lines);
    }
    if (job.dryRun() && job.isFinal()) {
      lines.add("nothing was changed. To start it for real: muster job run " + job.id());
    }
    return lines;
  }

  private static void paused(Job job, List<String> lines) {
    Job.Reason reason = job.stateReason();
    if (reason != null) {
      lines.add(
          "paused: " + reason.code() + (reason.detail() == null ? "" : ", " + reason.detail()));
    }
    boolean byAGuard = reason != null && !"REQUESTED".equals(reason.code());
    lines.add(
        "to go on" + (byAGuard ? ", without this guard" : "") + ": muster job resume " + job.id());
    lines.add("to give it up: muster job cancel " + job.id());
  }

  private static void failed(Job job, List<String> lines) {
    lines.add("each failed row: muster job rows " + job.id() + " --outcome FAILED");
    lines.add("as a file to correct and import again: muster job failures " + job.id());
    boolean mayTryAgain =
        job.state() == JobState.PARTIALLY_FAILED || job.state() == JobState.FAILED;
    if (mayTryAgain && !job.dryRun()) {
      lines.add("once the causes are gone: muster job retry " + job.id());
    }
  }
}
