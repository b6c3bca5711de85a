package io.muster.gateway.status;

import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import java.time.Duration;
import java.time.Instant;

/**
 * How fast a job's rows come to an end.
 *
 * @param rowsPerSecond the mean from the first dispatch to the last result; null before the first
 * @param expectedFinish null when it can't be told
 */
record Pace(Double rowsPerSecond, Instant expectedFinish) {
  private static final double NANOS = 1e9;

  static Pace of(JobView view, RowNumbers rows, Instant now) {
    JobSnapshot job = view.job();
    Double rate = rate(view);
    // HR's job of a day ends with the day, whatever its pace.
    if (job.state().isFinal() || job.state() == JobState.PAUSED || job.source() == JobSource.HR) {
      return new Pace(rate, null);
    }
    if (rate != null && job.state() == JobState.RUNNING) {
      double seconds = Math.min(rows.open() / rate, Duration.ofDays(365).toSeconds());
      return new Pace(rate, now.plusMillis(Math.round(seconds * 1000)));
    }
    if (job.expectedDuration() == null) {
      return new Pace(rate, null);
    }
    Instant begin = job.startedAt() == null ? beginOf(job, now) : job.startedAt();
    Instant expected = begin.plus(job.expectedDuration());
    return new Pace(rate, expected.isBefore(now) ? now : expected);
  }

  /** Of a job that hasn't begun: at once, or when it was told to. */
  private static Instant beginOf(JobSnapshot job, Instant now) {
    return job.startAt() != null && job.startAt().isAfter(now) ? job.startAt() : now;
  }

  private static Double rate(JobView view) {
    Instant begin = view.job().startedAt();
    if (view.ended() == 0 || begin == null || view.lastResultAt() == null) {
      return null;
    }
    double seconds = Duration.between(begin, view.lastResultAt()).toNanos() / NANOS;
    // Clocks of two processes: a difference of nothing or less tells no pace.
    return seconds <= 0 ? null : Math.round(view.ended() / seconds * 10) / 10.0;
  }
}
