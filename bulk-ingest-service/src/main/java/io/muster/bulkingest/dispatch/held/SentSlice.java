package io.muster.bulkingest.dispatch.held;

import io.muster.bulkingest.dispatch.row.RowsToSend;
import io.muster.bulkingest.dispatch.window.RowCommands;
import io.muster.bulkingest.dispatch.window.RowCosts;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A slice that was read, with what the brokers still owe an acknowledgement for. {@link
 * #acknowledged} and {@link #failed} may come from any thread.
 */
public final class SentSlice {
  private final OpenJob job;
  private final List<RowCommands> rows;
  private final RowCosts costs;
  private final long cost;
  private final long firstRow;
  private final long lastRow;
  private final long counted;
  private final AtomicInteger unacknowledged;

  SentSlice(OpenJob job, RowsToSend.Slice read, RowCosts costs, long firstRow, long counted) {
    this.job = job;
    this.counted = counted;
    this.rows = read.rows();
    this.costs = costs;
    this.cost = read.cost();
    this.firstRow = firstRow;
    this.lastRow = read.lastRow();
    this.unacknowledged = new AtomicInteger(rows.stream().mapToInt(RowCommands::count).sum());
  }

  public OpenJob job() {
    return job;
  }

  public List<RowCommands> rows() {
    return rows;
  }

  /** By which the slice was measured. */
  public RowCosts costs() {
    return costs;
  }

  public long cost() {
    return cost;
  }

  public long firstRow() {
    return firstRow;
  }

  long lastRow() {
    return lastRow;
  }

  /** Rows in it that count against the blast radius. */
  long counted() {
    return counted;
  }

  /**
   * One record is with the brokers.
   *
   * @return whether it was the last one
   */
  public boolean acknowledged() {
    return unacknowledged.decrementAndGet() == 0;
  }

  boolean isAcknowledged() {
    return unacknowledged.get() == 0;
  }

  /** One record is not, whatever the client tried: the job starts again from its checkpoint. */
  public void failed() {
    job.breakOff();
  }
}
