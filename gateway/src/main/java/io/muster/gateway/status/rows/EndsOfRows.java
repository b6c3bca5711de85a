package io.muster.gateway.status.rows;

import io.muster.contracts.job.JobSnapshot;
import io.muster.gateway.status.JobView;
import io.muster.gateway.status.rows.CountedRows.Failure;
import io.muster.gateway.status.rows.SingleRow.End;
import io.muster.gateway.track.row.ChunkPlanes;
import io.muster.gateway.track.row.PartsOfARow;
import io.muster.gateway.track.row.RowOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How the rows of a small job ended: those of a call that waits for all of them. */
@ApplicationScoped
public class EndsOfRows {
  private final CountedRows counted;

  EndsOfRows(CountedRows counted) {
    this.counted = counted;
  }

  /**
   * @param job of some thousand rows at most
   * @return by row number those that have ended on the bus; those refused at the door are no part
   */
  public Map<Long, End> of(JobSnapshot job) {
    JobView view = JobView.fresh(job);
    int last = ChunkPlanes.chunkOf(job.total());
    Map<Integer, ChunkPlanes> planes =
        counted.planes(view, IntStream.rangeClosed(0, last).boxed().toList());
    Map<Long, PartsOfARow> failed = new HashMap<>();
    Map<Long, End> ends = new HashMap<>();
    for (long row = 1; row <= job.total(); row++) {
      ChunkPlanes chunk = planes.get(ChunkPlanes.chunkOf(row));
      PartsOfARow parts = chunk == null ? PartsOfARow.UNHEARD : chunk.row(row);
      if (parts.outcome() == RowOutcome.SUCCEEDED) {
        ends.put(row, new End(RowOutcome.SUCCEEDED, null, null));
      } else if (parts.outcome() == RowOutcome.FAILED) {
        failed.put(row, parts);
      }
    }
    if (!failed.isEmpty()) {
      Map<Long, List<Failure>> failures = counted.failures(view, new ArrayList<>(failed.keySet()));
      failed.forEach(
          (row, parts) ->
              failures.getOrDefault(row, List.of()).stream()
                  .filter(failure -> failure.part() == parts.toBlame())
                  .findFirst()
                  .ifPresent(
                      failure ->
                          ends.put(
                              row, new End(RowOutcome.FAILED, failure.code(), failure.detail()))));
    }
    return ends;
  }
}
