package io.muster.gateway.status.rows;

import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.status.JobView;
import io.muster.gateway.track.row.ChunkPlanes;
import io.muster.gateway.track.row.PartsOfARow;
import io.muster.gateway.track.row.RowOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The one row of a single call's job. */
@ApplicationScoped
public class SingleRow {
  /**
   * How it ended.
   *
   * @param outcome SUCCEEDED or FAILED
   * @param code null when it succeeded
   * @param detail one sentence; null when there is none
   */
  public record End(RowOutcome outcome, RowCode code, String detail) {}

  private static final long ROW = 1;

  private final CountedRows counted;

  SingleRow(CountedRows counted) {
    this.counted = counted;
  }

  /**
   * @return empty while it hasn't ended
   */
  public Optional<End> endOf(JobSnapshot job) {
    JobView view = JobView.fresh(job);
    int chunk = ChunkPlanes.chunkOf(ROW);
    ChunkPlanes planes = counted.planes(view, Set.of(chunk)).get(chunk);
    PartsOfARow parts = planes == null ? PartsOfARow.UNHEARD : planes.row(ROW);
    if (parts.outcome() == RowOutcome.SUCCEEDED) {
      String note = counted.notes(view, List.of(ROW)).get(ROW);
      return Optional.of(new End(RowOutcome.SUCCEEDED, null, note));
    }
    if (parts.outcome() == RowOutcome.IN_FLIGHT) {
      return Optional.empty();
    }
    return counted.failures(view, List.of(ROW)).getOrDefault(ROW, List.of()).stream()
        .filter(failure -> failure.part() == parts.toBlame())
        .map(failure -> new End(RowOutcome.FAILED, failure.code(), failure.detail()))
        .findFirst();
  }
}
