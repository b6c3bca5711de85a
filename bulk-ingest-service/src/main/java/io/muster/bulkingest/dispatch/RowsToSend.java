package io.muster.bulkingest.dispatch;

import io.muster.contracts.command.UserCommand;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A job's rows in order, as commands. One thread at a time. */
interface RowsToSend extends Closeable {
  /**
   * The commands of the next rows. Rows that the door refused make none.
   *
   * @param lastRow read no further than this row
   * @param commands at most
   * @return the commands and the last row that was read, which is lastRow unless the slice got full
   */
  Slice read(long lastRow, int commands) throws IOException;

  /**
   * @param commands in row order; empty when the door refused all of these rows
   * @param lastRow the last row read, refused ones included
   */
  record Slice(List<UserCommand> commands, long lastRow) {}
}
