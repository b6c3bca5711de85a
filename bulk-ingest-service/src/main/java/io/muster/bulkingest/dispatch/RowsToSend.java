package io.muster.bulkingest.dispatch;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A job's rows in order, as commands. One thread at a time. */
interface RowsToSend extends Closeable {
  /**
   * The commands of the next rows. Rows that the door refused make none.
   *
   * @param lastRow read no further than this row
   * @param cost how much may be sent, in the unit of {@link RowCosts}; at least one row is
   * @return the commands and the last row that was read, which is lastRow unless the slice got full
   */
  Slice read(long lastRow, RowCosts costs, long cost) throws IOException;

  /**
   * @param rows in row order; empty when the door refused all of these rows
   * @param lastRow the last row read, refused ones included
   * @param cost of all of them
   */
  record Slice(List<RowCommands> rows, long lastRow, long cost) {}
}
