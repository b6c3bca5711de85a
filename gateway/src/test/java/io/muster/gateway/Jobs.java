package io.muster.gateway;

import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSnapshot.UploadedFile;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.track.job.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Jobs for tests, as bulk-ingest-service would tell them. */
public final class Jobs {
  private static final Wire<JobSnapshot> WIRE = Wire.of(JobSnapshot.class);
  private static final AtomicLong IDS = new AtomicLong(System.currentTimeMillis() << 12);
  private static final Instant SUBMITTED = Instant.parse("2026-02-03T04:05:06Z");

  private Jobs() {}

  /** A UUIDv7-like id; later ones sort behind earlier ones. */
  public static UUID newId() {
    long n = IDS.incrementAndGet();
    return new UUID((n >> 12) << 16 | 0x7000 | (n & 0xfff), 0x8000_0000_0000_0000L | n);
  }

  /** A queued job of a file of {@code add}. */
  public static JobSnapshot queued(UUID id, String tenant, String submittedBy, long total) {
    return snapshot(id, 1, tenant, submittedBy, JobState.QUEUED, total, Map.of(), 0, 0);
  }

  /** The job with everything handed to the bus. */
  public static JobSnapshot dispatched(JobSnapshot job) {
    return snapshot(
        job.id(),
        job.version() + 1,
        job.tenant(),
        job.submittedBy(),
        JobState.RUNNING,
        job.total(),
        job.refused(),
        job.total(),
        job.total() - job.refusedRows());
  }

  /** The job in another state. */
  public static JobSnapshot in(JobSnapshot job, JobState state) {
    return snapshot(
        job.id(),
        job.version() + 1,
        job.tenant(),
        job.submittedBy(),
        state,
        job.total(),
        job.refused(),
        job.intendedRow(),
        job.dispatched());
  }

  /** The accepted job of a single call. */
  public static JobSnapshot single(UUID id, String tenant, String submittedBy) {
    return new JobSnapshot(
        id,
        1,
        tenant,
        Operation.ADD,
        Map.of(Operation.ADD, 1L),
        JobState.QUEUED,
        null,
        JobSource.SINGLE,
        false,
        null,
        submittedBy,
        SUBMITTED,
        null,
        null,
        null,
        null,
        1,
        Map.of(),
        0,
        0,
        0,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

  /** The job, paused or cut behind its last row on the bus. */
  public static JobSnapshot cut(JobSnapshot job, JobState state, long cancelled) {
    return changed(
        job,
        change -> {
          change.state = state;
          change.cancelled = cancelled;
        });
  }

  /** The job as it may be told to operators. */
  public static JobSnapshot withoutPeople(JobSnapshot job) {
    UploadedFile file = job.file();
    return Snapshots.with(
        job,
        null,
        new UploadedFile(
            null,
            file.bytes(),
            file.sha256(),
            file.encoding(),
            file.delimiter(),
            file.columns(),
            file.unknownColumns()));
  }

  /** What tests change of a job; everything else stays, and the version rises. */
  public static final class Change {
    public Operation operation;
    public Map<Operation, Long> operations;
    public JobState state;
    public JobSnapshot.StateReason stateReason;
    public JobSource source;
    public boolean dryRun;
    public UUID parent;
    public Instant startAt;
    public UploadedFile file;
    public long cancelled;
    public Instant closesAt;
    public Instant closedAt;
    public String maxFailures;
    public List<JobSnapshot.Notice> notices;
  }

  public static JobSnapshot changed(JobSnapshot job, Consumer<Change> changing) {
    Change change = new Change();
    change.operation = job.operation();
    change.operations = job.operations();
    change.state = job.state();
    change.stateReason = job.stateReason();
    change.source = job.source();
    change.dryRun = job.dryRun();
    change.parent = job.parent();
    change.startAt = job.startAt();
    change.file = job.file();
    change.cancelled = job.cancelled();
    change.closesAt = job.closesAt();
    change.closedAt = job.closedAt();
    change.maxFailures = job.maxFailures();
    change.notices = job.notices();
    changing.accept(change);
    return new JobSnapshot(
        job.id(),
        job.version() + 1,
        job.tenant(),
        change.operation,
        change.operations,
        change.state,
        change.stateReason,
        change.source,
        change.dryRun,
        change.parent,
        job.submittedBy(),
        job.submittedAt(),
        change.startAt,
        job.startedAt(),
        change.state.isFinal() ? SUBMITTED.plusSeconds(9) : null,
        change.file,
        job.total(),
        job.refused(),
        job.intendedRow(),
        job.dispatched(),
        change.cancelled,
        job.expectedDuration(),
        job.secretsUntil(),
        change.closesAt,
        change.closedAt,
        change.maxFailures,
        change.notices);
  }

  public static JobSnapshot snapshot(
      UUID id,
      long version,
      String tenant,
      String submittedBy,
      JobState state,
      long total,
      Map<RowCode, Long> refused,
      long intendedRow,
      long dispatched) {
    return new JobSnapshot(
        id,
        version,
        tenant,
        Operation.ADD,
        Map.of(Operation.ADD, total),
        state,
        null,
        JobSource.FILE,
        false,
        null,
        submittedBy,
        SUBMITTED,
        null,
        state == JobState.QUEUED ? null : SUBMITTED.plusSeconds(1),
        state.isFinal() ? SUBMITTED.plusSeconds(9) : null,
        new UploadedFile(
            "hires.csv",
            812,
            "ab12",
            "UTF-8",
            ",",
            List.of("UserPrincipalName", "DisplayName", "Department"),
            List.of("Shoe size")),
        total,
        refused,
        intendedRow,
        dispatched,
        0,
        Duration.ofSeconds(3),
        null,
        null,
        null,
        null,
        List.of());
  }

  public static byte[] json(JobSnapshot job) {
    return WIRE.encode(job);
  }
}
