package io.muster.contracts.job;

import io.muster.contracts.command.Operation;
import io.muster.contracts.result.RowCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A job as its owner, bulk-ingest-service, knows it: everything but the counts of finished rows,
 * which the gateway owns. Travels in {@link JobEvent}s and in bulk-ingest-service's answers; of two
 * snapshots of a job the one with the higher {@link #version()} is the newer.
 *
 * @param id a UUIDv7
 * @param version rises by one with every change
 * @param tenant whose job
 * @param operation null when rows differ (MIXED)
 * @param operations rows by operation, door refusals included
 * @param state never null
 * @param stateReason only with PAUSED, else null
 * @param source never null
 * @param dryRun checks only
 * @param parent the job that this one retries, undoes or runs; else null
 * @param submittedBy the submitter's subject
 * @param submittedAt when the upload was whole
 * @param startAt nothing is dispatched before; null for at once
 * @param startedAt first dispatch; null before
 * @param finishedAt when it became final; null before
 * @param file null when there was no file
 * @param total data rows, those refused at the door included; grows while a job of HR runs
 * @param refused refused at the door, by code; never null
 * @param intendedRow rows up to this one were handed to the bus or refused; 0 before the first
 * @param dispatched commands handed to the bus so far: rows up to intendedRow, door refusals left
 *     out
 * @param cancelled rows that were cut off by a cancel
 * @param expectedDuration at submission; null when unknown
 * @param secretsUntil until when rows with a given password can be retried; null without such
 * @param closesAt until when spool and before-images stay; null before the end
 * @param closedAt since when spool and before-images are gone; null while they are there
 * @param maxFailures how many failed rows stop the job, {@code 500} or {@code 5%}, as asked for;
 *     null for the default
 * @param notices never null
 */
public record JobSnapshot(
    UUID id,
    long version,
    String tenant,
    Operation operation,
    Map<Operation, Long> operations,
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
    UploadedFile file,
    long total,
    Map<RowCode, Long> refused,
    long intendedRow,
    long dispatched,
    long cancelled,
    Duration expectedDuration,
    Instant secretsUntil,
    Instant closesAt,
    Instant closedAt,
    String maxFailures,
    List<Notice> notices) {

  /**
   * Why a job is PAUSED.
   *
   * @param code REQUESTED, MAX_FAILURES or BLAST_RADIUS
   * @param detail one sentence; null when there is nothing to add
   */
  public record StateReason(String code, String detail) {}

  /**
   * Something the administrator should know though no row failed for it.
   *
   * @param rows how many rows it concerns
   */
  public record Notice(String code, long rows, String message) {}

  /**
   * What was recognised in the uploaded file.
   *
   * @param name from {@code X-File-Name}; null when not given
   * @param bytes after inflation
   * @param sha256 hex, over the inflated bytes
   * @param encoding as detected, {@code UTF-8}, {@code UTF-16LE}, {@code UTF-16BE}, {@code
   *     windows-1252}
   * @param delimiter one character
   * @param columns canonical names of the recognised columns, in the file's order
   * @param unknownColumns headers that were not used, as written
   */
  public record UploadedFile(
      String name,
      long bytes,
      String sha256,
      String encoding,
      String delimiter,
      List<String> columns,
      List<String> unknownColumns) {
    public UploadedFile {
      columns = columns == null ? List.of() : List.copyOf(columns);
      unknownColumns = unknownColumns == null ? List.of() : List.copyOf(unknownColumns);
    }
  }

  public JobSnapshot {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(source, "source");
    operations = operations == null ? Map.of() : Map.copyOf(operations);
    refused = refused == null ? Map.of() : Map.copyOf(refused);
    notices = notices == null ? List.of() : List.copyOf(notices);
  }

  /** Rows refused at the door, all codes together. */
  public long refusedRows() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }
}
