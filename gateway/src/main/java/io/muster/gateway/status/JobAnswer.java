package io.muster.gateway.status;

import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSnapshot.StateReason;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.muster.contracts.result.RowCode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A job in JSON, as API.md fixes it. Nulls are written, except that operators' answers have gaps.
 */
public record JobAnswer(
    UUID id,
    String tenant,
    String operation,
    Map<String, Long> operations,
    JobState state,
    StateReason stateReason,
    JobSource source,
    boolean dryRun,
    UUID parent,
    String submittedBy,
    Instant submittedAt,
    Instant startAt,
    Instant startedAt,
    Instant finishedAt,
    FileAnswer file,
    RowNumbers rows,
    Double rowsPerSecond,
    String expectedDuration,
    Instant expectedFinish,
    Instant secretsUntil,
    Instant closesAt,
    Instant closedAt,
    String maxFailures,
    List<JobSnapshot.Notice> notices,
    List<Failures> failures,
    Map<String, String> links) {
  /** The word for a job whose rows have different operations. */
  public static final String MIXED = "MIXED";

  /** The uploaded file, without its list of recognised columns. */
  public record FileAnswer(
      String name,
      long bytes,
      String sha256,
      String encoding,
      String delimiter,
      List<String> unknownColumns) {}

  /**
   * Rows that failed for one reason.
   *
   * @param remedy what to do, in one sentence
   */
  public record Failures(RowCode code, long rows, String remedy) {}

  static JobAnswer of(JobView view, Instant now) {
    JobSnapshot job = view.job();
    RowNumbers rows = RowNumbers.of(view);
    Pace pace = Pace.of(view, rows, now);
    return new JobAnswer(
        job.id(),
        job.tenant(),
        job.operation() == null ? MIXED : job.operation().name(),
        operations(job),
        job.state(),
        job.stateReason(),
        job.source(),
        job.dryRun(),
        job.parent(),
        job.submittedBy(),
        job.submittedAt(),
        job.startAt(),
        job.startedAt(),
        job.finishedAt(),
        file(job),
        rows,
        pace.rowsPerSecond(),
        job.expectedDuration() == null ? null : job.expectedDuration().toString(),
        pace.expectedFinish(),
        job.secretsUntil(),
        job.closesAt(),
        job.closedAt(),
        job.maxFailures(),
        SeatNotices.behind(view),
        failures(view),
        links(job.id()));
  }

  private static Map<String, Long> operations(JobSnapshot job) {
    Map<String, Long> operations = new TreeMap<>();
    job.operations().forEach((operation, rows) -> operations.put(operation.name(), rows));
    return operations;
  }

  private static FileAnswer file(JobSnapshot job) {
    JobSnapshot.UploadedFile file = job.file();
    return file == null
        ? null
        : new FileAnswer(
            file.name(),
            file.bytes(),
            file.sha256(),
            file.encoding(),
            file.delimiter(),
            file.unknownColumns());
  }

  private static List<Failures> failures(JobView view) {
    return view.failures().entrySet().stream()
        .filter(failed -> failed.getValue() > 0)
        .sorted(Map.Entry.<RowCode, Long>comparingByValue().reversed())
        .map(failed -> new Failures(failed.getKey(), failed.getValue(), failed.getKey().remedy()))
        .toList();
  }

  private static Map<String, String> links(UUID id) {
    String self = "/v1/jobs/" + id;
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", self);
    links.put("events", self + "/events");
    links.put("rows", self + "/rows");
    links.put("results", self + "/results.csv");
    links.put("failures", self + "/failures.csv");
    links.put("credentials", null);
    return links;
  }
}
