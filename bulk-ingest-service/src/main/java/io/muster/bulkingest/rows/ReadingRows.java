package io.muster.bulkingest.rows;

import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.JobSight;
import io.muster.bulkingest.spool.SpoolReader;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.Spools;
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
import java.util.Optional;
import java.util.UUID;

/** Reads rows of a job back from its spool, or the one row that it keeps itself. */
@ApplicationScoped
public class ReadingRows {
  private final TenantScope tenants;
  private final Spools spools;

  ReadingRows(TenantScope tenants, Spools spools) {
    this.tenants = tenants;
    this.spools = spools;
  }

  /** What is done with a spool that is open. */
  @FunctionalInterface
  private interface Reading {
    List<WrittenRow> from(SpoolReader reader) throws IOException;
  }

  /** Rows with a number above that one, in order. */
  List<WrittenRow> rows(JobSight sight, UUID id, long after, int limit) {
    return read(
        sight,
        id,
        one -> after < 1,
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
      JobSight sight, UUID id, java.util.function.Predicate<SpooledRow> wantsOne, Reading reading) {
    Optional<byte[]> sealedRow = sealedRow(sight, id);
    try {
      if (sealedRow.isPresent()) {
        SpooledRow one = spools.open(sight.tenant(), id, sealedRow.get());
        return wantsOne.test(one) ? List.of(one.written()) : List.of();
      }
      try (SpoolReader reader = spools.open(sight.tenant(), id)) {
        return reading.from(reader);
      }
    } catch (NoSuchFileException e) {
      // Closed between the look at the job and this one.
      throw closed();
    } catch (IOException e) {
      throw new IllegalStateException("a spool can't be read, jobId=" + id, e);
    }
  }

  private Optional<byte[]> sealedRow(JobSight sight, UUID id) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(sight.tenant());
              Job job = sight.find(id);
              if (job.closedAt != null) {
                throw closed();
              }
              return Optional.ofNullable(job.sealedRow);
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
