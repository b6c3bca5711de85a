package io.muster.bulkingest.admission;

import io.muster.bulkingest.closing.ClosingConfig;
import io.muster.bulkingest.dispatch.held.HandedOver;
import io.muster.bulkingest.dispatch.lease.Checkpoints.Checkpoint;
import io.muster.bulkingest.dispatch.lease.Checkpoints.JobKey;
import io.muster.bulkingest.guard.FailureLimit;
import io.muster.bulkingest.job.EndingJobs;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.Snapshots;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.muster.contracts.result.RowCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Makes a job of what was read and validated: from its commit on, nothing of it is lost. */
@ApplicationScoped
public class Admission {
  private static final String INSERT_CHECKPOINT =
      """
      INSERT INTO dispatch_checkpoint
          (tenant_id, job_id, submission, single, total, acked_row, intended_row, dispatched, epoch, owner, lease_until)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(now() + ? * interval '1 millisecond', '-infinity'))
      """;

  private final DataSource dataSource;
  private final Snapshots snapshots;
  private final Claims claims;
  private final ClosingConfig closing;
  private final Clock clock;

  Admission(
      DataSource dataSource,
      Snapshots snapshots,
      Claims claims,
      ClosingConfig closing,
      Clock clock) {
    this.dataSource = dataSource;
    this.snapshots = snapshots;
    this.claims = claims;
    this.closing = closing;
    this.clock = clock;
  }

  /**
   * On what terms.
   *
   * @param dryRun check everything, change nothing
   * @param startAt nothing is dispatched before; null for at once
   * @param maxFailures how many failed rows stop the job; null for the default
   * @param allowDuplicate it is to be taken though the same file was taken before
   * @param activeAccounts of the tenant; null where it doesn't matter or nobody could tell
   * @param parent the job that this one retries, undoes or runs; else null
   * @param reverts the job whose rows it takes back; else null
   */
  public record Terms(
      boolean dryRun,
      Instant startAt,
      FailureLimit maxFailures,
      boolean allowDuplicate,
      Long activeAccounts,
      UUID parent,
      UUID reverts) {
    /** Of a single call: at once, and nothing else. */
    public static final Terms PLAIN = new Terms(false, null, null, false, null, null, null);
  }

  /**
   * What is to be admitted.
   *
   * @param requested the upload's operation
   * @param operations rows by operation
   * @param licenses the upload's, sorted
   * @param file null for a single call
   * @param refused door refusals by code
   * @param secretsUntil null without a given password
   * @param sealedRow the one row of a single call, sealed; null for one that has its rows in a
   *     spool
   */
  public record Candidate(
      UUID jobId,
      String tenant,
      Actor actor,
      JobSource source,
      Operation requested,
      Map<Operation, Long> operations,
      List<String> licenses,
      JobSnapshot.UploadedFile file,
      long total,
      Map<RowCode, Long> refused,
      List<JobSnapshot.Notice> notices,
      Duration expectedDuration,
      Instant secretsUntil,
      byte[] sealedRow,
      Terms terms) {}

  /**
   * Stores job and checkpoint. With nothing left to do, an empty file or one whose rows were all
   * refused, the job is final at once.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public JobSnapshot admit(Candidate candidate) throws SQLException {
    Instant now = clock.instant();
    Job job = job(candidate, now);
    boolean nothingToDo = job.refused == job.total;
    if (nothingToDo) {
      EndingJobs.end(job, now, closing.openAfterEnd());
    }
    job.admitted = Snapshots.json(admitted(job, candidate));
    job.persistAndFlush();
    long done = nothingToDo ? job.total : 0;
    storeCheckpoint(
        new Checkpoint(
            new JobKey(job.tenant, job.id),
            job.submission,
            job.sealedRow != null,
            0,
            job.total,
            done,
            done,
            0),
        null);
    return snapshots.of(job, done, 0);
  }

  /**
   * A single call that goes to a dispatcher at once.
   *
   * @param checkpoint with the row intended, under that dispatcher's lease
   */
  record Intended(JobSnapshot job, Checkpoint checkpoint) {}

  /**
   * Likewise a single call, together with the intent to send its row under that lease: it runs as
   * soon as this is committed.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  Intended admit(Candidate candidate, HandedOver.Lease lease) throws SQLException {
    Instant now = clock.instant();
    Job job = job(candidate, now);
    job.state = JobState.RUNNING;
    job.startedAt = now;
    job.admitted = Snapshots.json(admitted(job, candidate));
    job.persistAndFlush();
    Checkpoint intended =
        new Checkpoint(
            new JobKey(job.tenant, job.id), job.submission, true, 1, job.total, job.total, 0, 1);
    storeCheckpoint(intended, lease);
    return new Intended(snapshots.of(job, job.total, 1), intended);
  }

  private Job job(Candidate candidate, Instant now) throws SQLException {
    Terms terms = candidate.terms();
    Job job = new Job();
    job.id = candidate.jobId();
    job.tenant = candidate.tenant();
    job.version = 1;
    job.submission = claims.nextSubmission();
    job.requested = candidate.requested();
    job.operation =
        candidate.operations().size() > 1
            ? null
            : candidate.operations().keySet().stream().findFirst().orElse(candidate.requested());
    job.state = JobState.QUEUED;
    job.source = candidate.source();
    job.submittedBy = candidate.actor().subject();
    job.submittedAt = now;
    job.progressedAt = now;
    job.startAt = terms.startAt() != null && terms.startAt().isAfter(now) ? terms.startAt() : null;
    job.dryRun = terms.dryRun();
    job.allowDuplicate = terms.allowDuplicate();
    job.maxFailures = terms.maxFailures() == null ? null : terms.maxFailures().asWritten();
    job.activeAccounts = terms.activeAccounts();
    job.parent = terms.parent();
    job.reverts = terms.reverts();
    job.total = candidate.total();
    job.refused = candidate.refused().values().stream().mapToLong(Long::longValue).sum();
    job.fileSha256 = candidate.file() == null ? null : candidate.file().sha256();
    job.licenses = String.join(",", candidate.licenses());
    job.actor = Snapshots.json(candidate.actor());
    job.sealedRow = candidate.sealedRow();
    return job;
  }

  private static JobSnapshot admitted(Job job, Candidate candidate) {
    return new JobSnapshot(
        job.id,
        job.version,
        job.tenant,
        job.operation,
        candidate.operations(),
        job.state,
        null,
        job.source,
        job.dryRun,
        job.parent,
        job.submittedBy,
        job.submittedAt,
        null,
        null,
        null,
        candidate.file(),
        job.total,
        candidate.refused(),
        0,
        0,
        0,
        candidate.expectedDuration(),
        candidate.secretsUntil(),
        null,
        null,
        null,
        candidate.notices());
  }

  /**
   * @param lease null: whoever claims the job first
   */
  private void storeCheckpoint(Checkpoint position, HandedOver.Lease lease) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(INSERT_CHECKPOINT)) {
      statement.setString(1, position.job().tenant());
      statement.setObject(2, position.job().jobId());
      statement.setLong(3, position.submission());
      statement.setBoolean(4, position.single());
      statement.setLong(5, position.total());
      statement.setLong(6, position.ackedRow());
      statement.setLong(7, position.intendedRow());
      statement.setLong(8, position.dispatched());
      statement.setLong(9, position.epoch());
      statement.setString(10, lease == null ? null : lease.owner());
      statement.setObject(11, lease == null ? null : lease.lasts().toMillis(), Types.BIGINT);
      statement.executeUpdate();
    }
  }
}
