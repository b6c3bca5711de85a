package io.muster.bulkingest.dispatch;

import io.muster.bulkingest.dispatch.Checkpoints.Checkpoint;
import io.muster.bulkingest.dispatch.Checkpoints.JobKey;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A job that this dispatcher holds the lease of: what was read, what was sent, what the brokers
 * have. The dispatcher's thread owns it; only acknowledgements come from the producer's.
 */
final class OpenJob implements Closeable {
  private final Checkpoint start;
  private final RowsToSend rows;
  private final Deque<SentSlice> unacked = new ArrayDeque<>();
  private long readRow;
  private long intendedRow;
  private long dispatched;
  private long ackedRow;
  private long storedAckedRow;
  private Instant reportedAt = Instant.EPOCH;
  private volatile boolean broken;

  OpenJob(Checkpoint start, RowsToSend rows) {
    this.start = start;
    this.rows = rows;
    this.readRow = start.ackedRow();
    this.ackedRow = start.ackedRow();
    this.storedAckedRow = start.ackedRow();
    this.intendedRow = start.intendedRow();
    this.dispatched = start.dispatched();
  }

  /** A slice that was read, with what the brokers still owe an acknowledgement for. */
  final class SentSlice {
    private final List<RowCommands> rows;
    private final RowCosts costs;
    private final long cost;
    private final long firstRow;
    private final long lastRow;
    private final AtomicInteger unacknowledged;

    private SentSlice(RowsToSend.Slice read, RowCosts costs, long firstRow) {
      this.rows = read.rows();
      this.costs = costs;
      this.cost = read.cost();
      this.firstRow = firstRow;
      this.lastRow = read.lastRow();
      this.unacknowledged = new AtomicInteger(rows.stream().mapToInt(RowCommands::count).sum());
    }

    List<RowCommands> rows() {
      return rows;
    }

    /** By which the slice was measured. */
    RowCosts costs() {
      return costs;
    }

    long cost() {
      return cost;
    }

    long firstRow() {
      return firstRow;
    }

    OpenJob job() {
      return OpenJob.this;
    }

    /** One record is with the brokers. From any thread. */
    void acknowledged() {
      unacknowledged.decrementAndGet();
    }

    /** One record is not, whatever the client tried: the job starts again from its checkpoint. */
    void failed() {
      broken = true;
    }
  }

  JobKey key() {
    return start.job();
  }

  long epoch() {
    return start.epoch();
  }

  boolean single() {
    return start.single();
  }

  /** Rows are left to be read. */
  boolean hasMore() {
    return !broken && readRow < start.total();
  }

  /** Everything was sent and acknowledged, and that is stored. */
  boolean isDone() {
    return storedAckedRow >= start.total();
  }

  /** A record could not be sent. */
  boolean isBroken() {
    return broken;
  }

  /**
   * Reads the next slice. What was intended under an earlier lease is cut off from what is new, so
   * that the number of dispatched commands counts each once.
   */
  SentSlice read(RowCosts costs, long cost) throws IOException {
    boolean again = readRow < start.intendedRow();
    RowsToSend.Slice slice = rows.read(again ? start.intendedRow() : start.total(), costs, cost);
    SentSlice sent = new SentSlice(slice, costs, readRow + 1);
    readRow = slice.lastRow();
    intendedRow = Math.max(intendedRow, readRow);
    if (!again) {
      dispatched += slice.rows().size();
    }
    unacked.addLast(sent);
    return sent;
  }

  /** The position to store now: acknowledged are the slices before the first that is not. */
  Checkpoint position() {
    while (!unacked.isEmpty() && unacked.getFirst().unacknowledged.get() == 0) {
      ackedRow = unacked.removeFirst().lastRow;
    }
    return new Checkpoint(
        start.job(),
        start.submission(),
        start.single(),
        start.epoch(),
        start.total(),
        intendedRow,
        ackedRow,
        dispatched);
  }

  /** That position is in the database. */
  void stored(Checkpoint position) {
    storedAckedRow = Math.max(storedAckedRow, position.ackedRow());
  }

  /** Acknowledgements have come in that the database doesn't know of. */
  boolean hasNews() {
    return position().ackedRow() > storedAckedRow;
  }

  /** Whether the gateway should hear of the position again; then remembers that it did. */
  boolean reportIfDue(Instant now, java.time.Duration every) {
    if (reportedAt.plus(every).isAfter(now) && hasMore()) {
      return false;
    }
    reportedAt = now;
    return true;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
