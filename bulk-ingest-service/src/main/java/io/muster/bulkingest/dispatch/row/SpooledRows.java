package io.muster.bulkingest.dispatch.row;

import io.muster.bulkingest.dispatch.window.RowCommands;
import io.muster.bulkingest.dispatch.window.RowCosts;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.bulkingest.spool.SpoolReader;
import io.muster.bulkingest.spool.SpooledRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Rows of a spool. */
public final class SpooledRows implements RowsToSend {
  /** Rows read for one slice at most, so that a run of refused ones doesn't hold the others up. */
  private static final int ROWS_PER_SLICE = 20_000;

  private final SpoolReader reader;
  private final CommandsOfAJob commands;
  private final long submission;
  private long readRow;

  /**
   * @param reader where the next row is the one behind readRow; closed with this
   * @param submission of the job
   */
  public SpooledRows(SpoolReader reader, CommandsOfAJob commands, long submission, long readRow) {
    this.reader = reader;
    this.commands = commands;
    this.submission = submission;
    this.readRow = readRow;
  }

  @Override
  public Slice read(long lastRow, RowCosts costs, long atMost, long removals) throws IOException {
    List<RowCommands> slice = new ArrayList<>();
    long cost = 0;
    long left = removals;
    long stop = Math.min(lastRow, readRow + ROWS_PER_SLICE);
    while (readRow < stop && cost < atMost) {
      SpooledRow row = reader.next();
      if (row == null) {
        throw new IOException("a spool ends before its job's total, jobId=" + commands.jobId());
      }
      if (!row.isRefused() && BlastRadius.counts(row.operation()) && left-- == 0) {
        return new Slice(slice, readRow, cost, true);
      }
      readRow = row.row();
      if (!row.isRefused()) {
        RowCommands sent = commands.of(row, submission);
        slice.add(sent);
        cost += costs.of(sent);
      }
    }
    return new Slice(slice, readRow, cost, false);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
