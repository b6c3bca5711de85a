package io.muster.bulkingest.dispatch.row;

import io.muster.bulkingest.dispatch.window.RowCommands;
import io.muster.bulkingest.dispatch.window.RowCosts;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.bulkingest.stream.row.AppendedRows;
import io.muster.bulkingest.stream.row.AppendedRows.Appended;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Rows of a job that grows: a statement for each slice, and nothing held between two. */
public final class RowsOfATable implements RowsToSend {
  /** As many as one statement is to bring: half a megabyte or so. */
  private static final int ROWS_PER_SLICE = 1_000;

  private final AppendedRows rows;
  private final CommandsOfAJob commands;
  private long readRow;

  /**
   * @param readRow begins behind this row
   */
  public RowsOfATable(AppendedRows rows, CommandsOfAJob commands, long readRow) {
    this.rows = rows;
    this.commands = commands;
    this.readRow = readRow;
  }

  @Override
  public Slice read(long lastRow, RowCosts costs, long atMost, long removals) throws IOException {
    // No row costs less than one, so no more can be needed.
    int limit = (int) Math.max(1, Math.min(atMost, ROWS_PER_SLICE));
    List<Appended> found =
        rows.behind(commands.tenant(), commands.jobId(), readRow, lastRow, limit);
    if (found.isEmpty()) {
      throw new IOException("rows are missing behind " + readRow + ", jobId=" + commands.jobId());
    }
    List<RowCommands> slice = new ArrayList<>();
    long cost = 0;
    long left = removals;
    for (Appended each : found) {
      if (cost >= atMost) {
        break;
      }
      if (BlastRadius.counts(each.row().operation()) && left-- == 0) {
        return new Slice(slice, readRow, cost, true);
      }
      RowCommands sent = commands.of(each.row(), each.submission());
      slice.add(sent);
      cost += costs.of(sent);
      readRow = each.row().row();
    }
    return new Slice(slice, readRow, cost, false);
  }

  @Override
  public boolean grow() {
    return true;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
