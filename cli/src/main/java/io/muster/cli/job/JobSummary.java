package io.muster.cli.job;

import io.muster.cli.ExitCode;
import io.muster.cli.terminal.DisplayText;
import io.muster.cli.terminal.Table;
import io.muster.contracts.job.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A job in a few lines: how it stands, what failed and why, what to do next. */
public final class JobSummary {
  private final Job job;

  public JobSummary(Job job) {
    this.job = job;
  }

  /** What a watched job's end means to the shell. */
  public int exitCode() {
    return job.state() == JobState.SUCCEEDED ? ExitCode.DONE : ExitCode.ROWS_FAILED;
  }

  /**
   * The lines, each ended by a line feed.
   *
   * @param width columns of the terminal
   */
  public String text(int width) {
    List<String> lines = new ArrayList<>();
    lines.add(heading());
    lines.add(counts());
    if (job.operations().size() > 1) {
      lines.add(operations());
    }
    if (job.file() != null && !job.file().unknownColumns().isEmpty()) {
      lines.add("columns not used: " + String.join(", ", job.file().unknownColumns()));
    }
    job.notices().forEach(n -> lines.add(note(n)));
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(DisplayText.visible(line)).append('\n'));
    if (!job.failures().isEmpty()) {
      text.append(failures(width));
    }
    JobAdvice.of(job).forEach(line -> text.append(DisplayText.visible(line)).append('\n'));
    return text.toString();
  }

  private String operations() {
    return job.operations().entrySet().stream()
        .map(e -> number(e.getValue()) + " " + word(e.getKey()))
        .collect(Collectors.joining(", ", "by operation: ", ""));
  }

  private static String note(Job.Notice notice) {
    String rows = notice.rows() > 0 ? " (" + number(notice.rows()) + " rows)" : "";
    return "note: " + notice.message() + rows;
  }

  private String heading() {
    String dry = job.dryRun() ? ", dry run" : "";
    return "job " + job.id() + ": " + word(job.operation()) + origin() + dry + ", " + state();
  }

  private String origin() {
    if (job.parent() != null && job.source() != null) {
      return " (" + job.source().toLowerCase(Locale.ROOT) + " of " + job.parent() + ")";
    }
    return job.origin() == null ? "" : " (" + job.origin() + ")";
  }

  private static String word(String operation) {
    return String.valueOf(operation).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String state() {
    String state = job.state() == null ? "in an unknown state" : job.state().name();
    if (job.state() == JobState.QUEUED && job.startAt() != null) {
      return state + ", starts at " + Times.second(job.startAt());
    }
    if (!job.isFinal()) {
      return state
          + (job.expectedFinish() == null
              ? ""
              : ", expected end " + Times.second(job.expectedFinish()));
    }
    Duration took = took();
    if (took == null) {
      return state;
    }
    String speed =
        job.rowsPerSecond() > 0
            ? String.format(Locale.ROOT, ", %,.0f rows/s", job.rowsPerSecond())
            : "";
    return String.format(Locale.ROOT, "%s in %.1f s%s", state, took.toMillis() / 1000.0, speed);
  }

  private Duration took() {
    return Times.between(job.submittedAt(), job.finishedAt());
  }

  private String counts() {
    Job.Rows rows = job.rows();
    StringBuilder text = new StringBuilder(number(rows.total())).append(" rows: ");
    text.append(number(rows.succeeded()))
        .append(job.dryRun() ? " would succeed, " : " succeeded, ");
    text.append(number(rows.failed())).append(job.dryRun() ? " would fail" : " failed");
    part(text, rows.cancelled(), "cancelled");
    part(text, rows.inFlight(), "in flight");
    part(text, rows.pending(), "pending");
    return text.toString();
  }

  private static void part(StringBuilder text, long rows, String what) {
    if (rows > 0) {
      text.append(", ").append(number(rows)).append(' ').append(what);
    }
  }

  private String failures(int width) {
    Table table = new Table("ROWS", "CODE", "WHAT TO DO").keepWhole("CODE");
    job.failures().forEach(f -> table.row(number(f.rows()), f.code(), f.remedy()));
    return table.render(width);
  }

  private static String number(long rows) {
    return String.format(Locale.ROOT, "%,d", rows);
  }
}
