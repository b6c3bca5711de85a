package io.muster.bulkingest.rows;

import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.JobSight;
import io.muster.bulkingest.spool.SpoolReader;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.Spools;
import io.muster.bulkingest.stream.row.AppendedRows;
import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.RequestCode;
import io.muster.contracts.job.WrittenRow;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads rows of a job back from its spool, from the table of a job that grows, or the one row that
 * it keeps itself.
 */
@ApplicationScoped
public class ReadingRows {
  private final TenantScope tenants;
  private final Spools spools;
  private final AppendedRows appended;

  ReadingRows(TenantScope tenants, Spools spools, AppendedRows appended) {
    this.tenants = tenants;
    this.spools = spools;
    this.appended = appended;
  }

  /** What is done with a spool that is open. */
  @FunctionalInterface
  private interface Reading {
    List<WrittenRow> from(SpoolReader reader) throws IOException;
  }

  /** What is done with rows of a table. */
  @FunctionalInterface
  private interface ReadingTable {
    List<SpooledRow> from(AppendedRows rows) throws IOException;
  }

  /** Rows with a number above that one, in order. */
  List<WrittenRow> rows(JobSight sight, UUID id, long after, int limit) {
    return read(
        sight,
        id,
        one -> after < 1,
        table ->
            table.behind(sight.tenant(), id, after, Long.MAX_VALUE, limit).stream()
                .map(AppendedRows.Appended::row)
                .toList(),
        reader -> {
          List<WrittenRow> rows = new ArrayList<>();
          seek(reader, after);
          SpooledRow row;
          while (rows.size() < limit && (row = reader.next()) != null) {
            rows.add(row.written());
          }
          return rows;
        });
  }

  /**
   * Rows that the door refused, likewise.
   *
   * @param code only those with this code; null for all
   */
  List<WrittenRow> refusals(JobSight sight, UUID id, long after, int limit, String code) {
    return read(
        sight,
        id,
        one -> false,
        // Nothing is appended that was refused.
        table -> List.of(),
        reader -> {
          List<WrittenRow> rows = new ArrayList<>();
          seek(reader, after);
          SpooledRow row;
          while (rows.size() < limit && (row = reader.nextRefused()) != null) {
            if (code == null || row.refusal().code().name().equals(code)) {
              rows.add(row.written());
            }
          }
          return rows;
        });
  }

  /** These rows, in row order. */
  List<WrittenRow> lookup(JobSight sight, UUID id, List<Long> wanted) {
    return read(
        sight,
        id,
        one -> wanted.contains(1L),
        table -> table.these(sight.tenant(), id, wanted),
        reader -> {
          List<WrittenRow> rows = new ArrayList<>();
          for (long row :
              wanted.stream().mapToLong(Long::longValue).sorted().distinct().toArray()) {
            if (row >= 1 && row <= reader.total()) {
              reader.seek(row);
              rows.add(reader.next().written());
            }
          }
          return rows;
        });
  }

  private List<WrittenRow> read(
      JobSight sight,
      UUID id,
      java.util.function.Predicate<SpooledRow> wantsOne,
      ReadingTable readingTable,
      Reading reading) {
    Kept kept = kept(sight, id);
    try {
      if (kept.inTable()) {
        return readingTable.from(appended).stream().map(SpooledRow::written).toList();
      }
      if (kept.sealedRow() != null) {
        SpooledRow one = spools.open(sight.tenant(), id, kept.sealedRow());
        return wantsOne.test(one) ? List.of(one.written()) : List.of();
      }
      try (SpoolReader reader = spools.open(sight.tenant(), id)) {
        return reading.from(reader);
      }
    } catch (NoSuchFileException e) {
      // Closed between the look at the job and this one.
      throw closed();
    } catch (IOException e) {
      throw new IllegalStateException("rows can't be read, jobId=" + id, e);
    }
  }

  /**
   * Where a job's rows are.
   *
   * @param sealedRow its one row; null for any other
   */
  private record Kept(byte[] sealedRow, boolean inTable) {}

  private Kept kept(JobSight sight, UUID id) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(sight.tenant());
              Job job = sight.find(id);
              if (job.closedAt != null) {
                throw closed();
              }
              return new Kept(job.sealedRow, job.grows());
            });
  }

  private static RequestRefused closed() {
    return RequestRefused.because(
        RequestCode.JOB_CLOSED, "The job is closed: its rows are no longer kept.");
  }

  private static void seek(SpoolReader reader, long after) throws IOException {
    reader.seek(Math.min(Math.max(after, 0), reader.total()) + 1);
  }
}
