package io.muster.gateway.status.rows;

import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.WrittenRow;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.status.JobView;
import io.muster.gateway.status.rows.CountedRows.Failure;
import io.muster.gateway.status.rows.FailedRows.FailedRow;
import io.muster.gateway.track.row.ChunkPlanes;
import io.muster.gateway.track.row.PartsOfARow;
import io.muster.gateway.track.row.RowOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Pages of a job's rows with their outcome. A page costs a bounded amount of work whatever is asked
 * for, so it may come back short, or empty, and still have a {@code next}.
 */
@ApplicationScoped
class ListingRows {
  /**
   * @param next for {@code after}; null on the last page
   */
  public record RowPage(List<RowAnswer> items, String next) {}

  /** Rows whose planes are looked at for one page: 64 chunks. */
  private static final int CHUNKS_PER_PAGE = 64;

  private final CountedRows counted;
  private final WrittenRows written;
  private final FailedRows failed;

  ListingRows(CountedRows counted, WrittenRows written, FailedRows failed) {
    this.counted = counted;
    this.written = written;
    this.failed = failed;
  }

  /**
   * @param outcome null for all
   * @param code null for all; a code is shown for failed rows only
   * @param bearer the caller's Authorization header, for bulk-ingest-service
   */
  RowPage page(
      JobView view, RowOutcome outcome, RowCode code, long after, int limit, String bearer) {
    if (code != null && outcome != null && outcome != RowOutcome.FAILED) {
      return new RowPage(List.of(), null);
    }
    if (code != null || outcome == RowOutcome.FAILED) {
      FailedRows.Page page =
          failed.page(view, after, limit, code, bearer, ListingRows::withoutColumns);
      return page(view, page.items().stream().map(FailedRow::answer).toList(), page.scannedTo());
    }
    if (outcome == null) {
      return window(view, null, after, limit, limit, bearer);
    }
    return switch (outcome) {
      case PENDING, CANCELLED -> {
        long from = Math.max(after, view.job().intendedRow());
        yield window(view, outcome, from, limit, 1_000, bearer);
      }
      default -> scan(view, outcome, after, limit, bearer);
    };
  }

  /** The next rows in the file, or those of them that have the outcome. */
  private RowPage window(
      JobView view, RowOutcome outcome, long after, int limit, int rows, String bearer) {
    List<WrittenRow> found = new ArrayList<>();
    if (after < view.job().total()) {
      written.behind(view, after, rows, bearer, row -> found.add(withoutColumns(row)));
    }
    List<RowAnswer> answers =
        lay(view, found).stream()
            .filter(row -> outcome == null || row.outcome() == outcome)
            .toList();
    if (answers.size() > limit) {
      return page(view, answers.subList(0, limit), answers.get(limit - 1).row());
    }
    return page(
        view, answers, found.isEmpty() ? view.job().total() : found.get(found.size() - 1).row());
  }

  /** Rows whose planes say that they have the outcome. */
  private RowPage scan(JobView view, RowOutcome outcome, long after, int limit, String bearer) {
    JobSnapshot job = view.job();
    long last = outcome == RowOutcome.IN_FLIGHT ? job.intendedRow() : job.total();
    int firstChunk = ChunkPlanes.chunkOf(after + 1);
    int endChunk = firstChunk + CHUNKS_PER_PAGE;
    Map<Integer, ChunkPlanes> planes =
        counted.planes(view, IntStream.range(firstChunk, endChunk).boxed().toList());
    List<Long> wanted = new ArrayList<>();
    long end = Math.min(last, ChunkPlanes.firstRowOf(endChunk) - 1);
    long row = after;
    while (row < end && wanted.size() < limit) {
      row++;
      if (parts(planes, row).outcome() == outcome) {
        wanted.add(row);
      }
    }
    List<WrittenRow> found = new ArrayList<>();
    written.lookup(view, wanted, bearer, one -> found.add(withoutColumns(one)));
    // The door's refusals are in no plane: what looks in flight may be one of them.
    List<RowAnswer> answers =
        lay(view, found).stream().filter(one -> one.outcome() == outcome).toList();
    return page(view, answers, row >= last ? job.total() : row);
  }

  private List<RowAnswer> lay(JobView view, List<WrittenRow> rows) {
    Set<Long> numbers = rows.stream().map(WrittenRow::row).collect(Collectors.toSet());
    Set<Integer> chunks = numbers.stream().map(ChunkPlanes::chunkOf).collect(Collectors.toSet());
    Map<Integer, ChunkPlanes> planes = counted.planes(view, chunks);
    Map<Long, List<Failure>> failures = counted.failures(view, numbers);
    Map<Long, String> notes = counted.notes(view, numbers);
    return rows.stream()
        .map(
            row ->
                RowAnswer.of(
                    view,
                    row,
                    parts(planes, row.row()),
                    failures.getOrDefault(row.row(), List.of()),
                    notes.get(row.row())))
        .toList();
  }

  private static PartsOfARow parts(Map<Integer, ChunkPlanes> planes, long row) {
    ChunkPlanes chunk = planes.get(ChunkPlanes.chunkOf(row));
    return chunk == null ? PartsOfARow.UNHEARD : chunk.row(row);
  }

  private static RowPage page(JobView view, List<RowAnswer> items, long scannedTo) {
    return new RowPage(items, scannedTo >= view.job().total() ? null : Long.toString(scannedTo));
  }

  private static WrittenRow withoutColumns(WrittenRow row) {
    return new WrittenRow(
        row.row(),
        row.parentRow(),
        row.userPrincipalName(),
        row.operation(),
        row.refusal(),
        Map.of());
  }
}
