package io.muster.bulkingest.dispatch.row;

import io.muster.bulkingest.dispatch.window.RowCommands;
import io.muster.bulkingest.dispatch.window.RowCosts;
import io.muster.bulkingest.guard.BlastRadius;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A job's rows in order, as commands. One thread at a time. */
public interface RowsToSend extends Closeable {
  /**
   * The commands of the next rows. Rows that the door refused make none.
   *
   * @param lastRow read no further than this row
   * @param cost how much may be sent, in the unit of {@link RowCosts}; at least one row is
   * @param removals how many rows may remove or disable accounts; the slice ends before the next
   *     one
   * @return the commands and the last row that was read, which is lastRow unless the slice got
   *     full, or was stopped: then nothing can be read any more
   */
  Slice read(long lastRow, RowCosts costs, long cost, long removals) throws IOException;

  /** Whether more may be appended to them while they are sent. */
  default boolean grow() {
    return false;
  }

  /** What is known of the costs of all that is left without reading it. */
  default long leastCost(RowCosts costs) {
    return 1;
  }

  /**
   * @param rows in row order; empty when the door refused all of these rows
   * @param lastRow the last row read, refused ones included
   * @param cost of all of them
   * @param stopped the next row would remove or disable an account more than allowed
   */
  record Slice(List<RowCommands> rows, long lastRow, long cost, boolean stopped) {
    /** Rows that remove or disable accounts. */
    public long removals() {
      return rows.stream().filter(row -> BlastRadius.counts(row.user().operation())).count();
    }
  }
}
