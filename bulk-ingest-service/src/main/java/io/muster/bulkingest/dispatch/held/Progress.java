package io.muster.bulkingest.dispatch.held;

import io.muster.bulkingest.dispatch.lease.Checkpoints.Checkpoint;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far a job's rows were read and intended, and what of them the brokers have and the database
 * knows. The dispatcher's thread owns it.
 */
final class Progress {
  private final Checkpoint start;
  private final Deque<SentSlice> unacked = new ArrayDeque<>();
  private long readRow;
  private long intendedRow;
  private long dispatched;
  private long ackedRow;
  private long storedAckedRow;
  private long countedButNotStored;

  Progress(Checkpoint start) {
    this.start = start;
    this.readRow = start.ackedRow();
    this.ackedRow = start.ackedRow();
    this.storedAckedRow = start.ackedRow();
    this.intendedRow = start.intendedRow();
    this.dispatched = start.dispatched();
  }

  /**
   * The next slice was read, and is to be sent.
   *
   * @param newRows in it that no earlier lease may have sent
   */
  void read(SentSlice slice, int newRows) {
    readRow = slice.lastRow();
    intendedRow = Math.max(intendedRow, readRow);
    dispatched += newRows;
    countedButNotStored += slice.counted();
    unacked.addLast(slice);
  }

  /** The last row that was read. */
  long readRow() {
    return readRow;
  }

  /** Rows that were handed to the bus, under earlier leases too. */
  long dispatched() {
    return dispatched;
  }

  /** Up to this row the database knows that the brokers have them. */
  long storedAckedRow() {
    return storedAckedRow;
  }

  /** Rows that were read and count against the blast radius, until their intent is stored. */
  long countedButNotStored() {
    return countedButNotStored;
  }

  /** The position to store now: acknowledged are the slices before the first that is not. */
  Checkpoint position() {
    while (!unacked.isEmpty() && unacked.getFirst().isAcknowledged()) {
      ackedRow = unacked.removeFirst().lastRow();
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
    countedButNotStored = 0;
    storedAckedRow = Math.max(storedAckedRow, position.ackedRow());
  }

  /** Acknowledgements have come in that the database doesn't know of. */
  boolean hasNews() {
    return position().ackedRow() > storedAckedRow;
  }

  /** All that was read is acknowledged, and that is stored. */
  boolean isAcknowledged() {
    return unacked.isEmpty() && storedAckedRow >= ackedRow;
  }
}
