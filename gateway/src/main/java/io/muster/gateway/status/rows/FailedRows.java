package io.muster.gateway.status.rows;

import io.muster.contracts.job.WrittenRow;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.status.JobView;
import io.muster.gateway.status.rows.CountedRows.Failure;
import io.muster.gateway.status.rows.RefusedRows.Refused;
import io.muster.gateway.track.row.ChunkPlanes;
import io.muster.gateway.track.row.PartsOfARow;
import io.muster.gateway.track.row.RowOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Failed rows in row order: those refused at the door, which bulk-ingest-service knows, merged with
 * those refused by services, which the gateway counted.
 */
@ApplicationScoped
class FailedRows {
  /**
   * A failed row as it was written.
   *
   * @param answer its outcome, code and message
   */
  record FailedRow(WrittenRow written, RowAnswer answer) {}

  /**
   * @param scannedTo all failed rows up to this one are in here or on earlier pages
   */
  record Page(List<FailedRow> items, long scannedTo) {}

  /** Refusals looked at for one page: bounds the work when a rare code is asked for. */
  private static final int SCAN = 5_000;

  private final CountedRows counted;
  private final RefusedRows refused;
  private final WrittenRows written;

  FailedRows(CountedRows counted, RefusedRows refused, WrittenRows written) {
    this.counted = counted;
    this.refused = refused;
    this.written = written;
  }

  /**
   * @param code only rows for which this code is shown; null for all
   * @param keep what is kept of a written row, for pages that don't need all of it
   * @return at most {@code limit} rows; fewer don't mean that these are the last
   */
  Page page(
      JobView view,
      long after,
      int limit,
      RowCode code,
      String bearer,
      UnaryOperator<WrittenRow> keep) {
    TreeMap<Long, FailedRow> found = new TreeMap<>();
    long doorTo = atTheDoor(view, after, limit, code, bearer, keep, found);
    Refused behind = refused.refused(view, after, code, code == null ? 2 * limit : SCAN);
    Map<Long, RowAnswer> onTheBus = onTheBus(view, behind.rows(), code);
    List<Long> wanted = onTheBus.keySet().stream().limit(limit).toList();
    long busTo =
        wanted.size() < onTheBus.size() ? wanted.get(wanted.size() - 1) : behind.scannedTo();
    long horizon = Math.min(doorTo, busTo);
    written.lookup(
        view,
        wanted.stream().filter(row -> row <= horizon).toList(),
        bearer,
        row -> {
          RowAnswer answer = onTheBus.get(row.row());
          if (answer != null) {
            found.put(row.row(), new FailedRow(keep.apply(row), named(view, answer, row)));
          }
        });
    List<FailedRow> rows = List.copyOf(found.headMap(horizon, true).values());
    if (rows.size() <= limit) {
      return new Page(rows, horizon);
    }
    List<FailedRow> first = rows.subList(0, limit);
    return new Page(first, first.get(limit - 1).answer().row());
  }

  private long atTheDoor(
      JobView view,
      long after,
      int limit,
      RowCode code,
      String bearer,
      UnaryOperator<WrittenRow> keep,
      TreeMap<Long, FailedRow> found) {
    long refusedThere =
        code == null ? view.job().refusedRows() : view.job().refused().getOrDefault(code, 0L);
    if (refusedThere == 0) {
      return Long.MAX_VALUE;
    }
    written.refused(
        view,
        after,
        limit,
        code,
        bearer,
        row -> {
          RowAnswer answer = RowAnswer.of(view, row, PartsOfARow.UNHEARD, List.of(), null);
          found.put(row.row(), new FailedRow(keep.apply(row), answer));
        });
    return found.size() < limit ? Long.MAX_VALUE : found.lastKey();
  }

  /** A refused part makes no failed row yet while another part is still applied or unheard. */
  private Map<Long, RowAnswer> onTheBus(JobView view, Collection<Long> rows, RowCode code) {
    Map<Integer, ChunkPlanes> planes =
        counted.planes(view, rows.stream().map(ChunkPlanes::chunkOf).collect(Collectors.toSet()));
    Map<Long, List<Failure>> failures = counted.failures(view, rows);
    Map<Long, RowAnswer> failed = new TreeMap<>();
    for (Long number : rows) {
      ChunkPlanes chunk = planes.get(ChunkPlanes.chunkOf(number));
      PartsOfARow parts = chunk == null ? PartsOfARow.UNHEARD : chunk.row(number);
      WrittenRow row = new WrittenRow(number, null, null, null, null, Map.of());
      RowAnswer answer =
          RowAnswer.of(view, row, parts, failures.getOrDefault(number, List.of()), null);
      if (answer.outcome() == RowOutcome.FAILED && (code == null || answer.code() == code)) {
        failed.put(number, answer);
      }
    }
    return failed;
  }

  private static RowAnswer named(JobView view, RowAnswer answer, WrittenRow row) {
    return new RowAnswer(
        answer.row(),
        row.parentRow(),
        view.people() ? row.userPrincipalName() : null,
        answer.outcome(),
        answer.code(),
        answer.message(),
        answer.remedy(),
        answer.parts());
  }
}
