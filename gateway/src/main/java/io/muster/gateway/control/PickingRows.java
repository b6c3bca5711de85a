package io.muster.gateway.control;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.status.JobView;
import io.muster.gateway.status.rows.CountedRows;
import io.muster.gateway.status.rows.RefusedRows;
import io.muster.gateway.track.row.ChunkPlanes;
import io.muster.gateway.track.row.PartsOfARow;
import io.muster.gateway.track.row.RowOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.BitSet;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * Picks a finished job's rows by how they ended, out of the planes: bit r of the answer is row r. A
 * job of twenty million rows makes 2.5 MB.
 */
@ApplicationScoped
class PickingRows {
  /** A quarter of a megabyte of planes. */
  private static final int CHUNKS_AT_A_TIME = 256;

  private final CountedRows counted;
  private final RefusedRows refused;

  PickingRows(CountedRows counted, RefusedRows refused) {
    this.counted = counted;
    this.refused = refused;
  }

  /** Rows that went through. */
  BitSet succeeded(JobView view) {
    BitSet picked = new BitSet();
    each(
        view,
        (row, parts) -> {
          if (parts.outcome() == RowOutcome.SUCCEEDED) {
            picked.set(Math.toIntExact(row));
          }
        });
    return picked;
  }

  /**
   * Rows that a service refused, without those that something newer has overtaken: sending them
   * again would be a new decision. Rows refused at the door are in no plane.
   */
  BitSet worthARetry(JobView view) {
    BitSet byUser = refused.rowsWith(view, RowCode.SUPERSEDED, Part.USER);
    BitSet byLicense = refused.rowsWith(view, RowCode.SUPERSEDED, Part.LICENSE);
    BitSet picked = new BitSet();
    each(
        view,
        (row, parts) -> {
          int bit = Math.toIntExact(row);
          BitSet overtaken = parts.toBlame() == Part.USER ? byUser : byLicense;
          if (parts.outcome() == RowOutcome.FAILED && !overtaken.get(bit)) {
            picked.set(bit);
          }
        });
    return picked;
  }

  private void each(JobView view, BiConsumer<Long, PartsOfARow> row) {
    long total = view.job().total();
    int chunks = ChunkPlanes.chunkOf(total) + 1;
    for (int from = 0; from < chunks; from += CHUNKS_AT_A_TIME) {
      int to = Math.min(chunks, from + CHUNKS_AT_A_TIME);
      counted
          .planes(view, IntStream.range(from, to).boxed().toList())
          .forEach(
              (chunk, planes) -> {
                long first = Math.max(1, ChunkPlanes.firstRowOf(chunk));
                long end = Math.min(total + 1, ChunkPlanes.firstRowOf(chunk + 1));
                for (long number = first; number < end; number++) {
                  row.accept(number, planes.row(number));
                }
              });
    }
  }
}
