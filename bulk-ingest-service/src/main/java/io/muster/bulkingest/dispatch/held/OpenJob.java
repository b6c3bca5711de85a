package io.muster.bulkingest.dispatch.held;

import io.muster.bulkingest.dispatch.lease.Checkpoints.Checkpoint;
import io.muster.bulkingest.dispatch.lease.Checkpoints.JobKey;
import io.muster.bulkingest.dispatch.row.RowsToSend;
import io.muster.bulkingest.dispatch.window.FinishedRows.Counts;
import io.muster.bulkingest.dispatch.window.RowCommands;
import io.muster.bulkingest.dispatch.window.RowCosts;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.bulkingest.guard.FailureLimit;
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
public final class OpenJob implements Closeable {
  private final Checkpoint start;
  private final RowsToSend rows;
  private final Removals removals;
  private final Deque<SentSlice> unacked = new ArrayDeque<>();
  private long readRow;
  private long intendedRow;
  private long dispatched;
  private long ackedRow;
  private long storedAckedRow;
  private Instant reportedAt = Instant.EPOCH;
  private long countedButNotStored;
  private final Failures failures;
  private final boolean handedOver;
  private long allowed;
  private String tooManyFailures;
  private boolean stopped;
  private boolean held;
  private boolean makesRoom;
  private final long openedNanos = System.nanoTime();
  private volatile boolean broken;

  OpenJob(Checkpoint start, RowsToSend rows, Removals removals, Failures failures) {
    this(start, rows, removals, failures, false);
  }

  private OpenJob(
      Checkpoint start, RowsToSend rows, Removals removals, Failures failures, boolean handedOver) {
    this.handedOver = handedOver;
    this.failures = failures;
    this.allowed = failures.limit() == null ? Long.MAX_VALUE : 0;
    this.start = start;
    this.rows = rows;
    this.removals = removals;
    this.readRow = start.ackedRow();
    this.ackedRow = start.ackedRow();
    this.storedAckedRow = start.ackedRow();
    this.intendedRow = start.intendedRow();
    this.dispatched = start.dispatched();
  }

  /**
   * A single call whose intent was stored, and told, with its job; it neither removes nor disables
   * an account.
   */
  static OpenJob handedOver(Checkpoint start, RowsToSend rows) {
    return new OpenJob(
        start,
        rows,
        new Removals(false, BlastRadius.UNLIMITED, null),
        new Failures(null, Counts.NONE),
        true);
  }

  /**
   * What rows that remove or disable accounts mean in this job.
   *
   * @param counted whether they count at all; in dry runs and undos they don't
   * @param limit how many the tenant's jobs may send within the window before this one stops;
   *     {@link BlastRadius#UNLIMITED} when it doesn't
   * @param activeAccounts of the tenant; null when nobody could tell
   */
  record Removals(boolean counted, long limit, Long activeAccounts) {}

  /**
   * What failed rows mean in this job.
   *
   * @param limit null for a job that isn't stopped for them
   * @param before what was known when the job was opened
   */
  record Failures(FailureLimit limit, Counts before) {}

  /** A slice that was read, with what the brokers still owe an acknowledgement for. */
  public final class SentSlice {
    private final List<RowCommands> rows;
    private final RowCosts costs;
    private final long cost;
    private final long firstRow;
    private final long lastRow;
    private final long counted;
    private final AtomicInteger unacknowledged;

    private SentSlice(RowsToSend.Slice read, RowCosts costs, long firstRow, long counted) {
      this.counted = counted;
      this.rows = read.rows();
      this.costs = costs;
      this.cost = read.cost();
      this.firstRow = firstRow;
      this.lastRow = read.lastRow();
      this.unacknowledged = new AtomicInteger(rows.stream().mapToInt(RowCommands::count).sum());
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

    /** Rows in it that count against the blast radius. */
    long counted() {
      return counted;
    }

    public OpenJob job() {
      return OpenJob.this;
    }

    /**
     * One record is with the brokers. From any thread.
     *
     * @return whether it was the last one
     */
    public boolean acknowledged() {
      return unacknowledged.decrementAndGet() == 0;
    }

    /** One record is not, whatever the client tried: the job starts again from its checkpoint. */
    public void failed() {
      broken = true;
    }
  }

  public JobKey key() {
    return start.job();
  }

  long epoch() {
    return start.epoch();
  }

  /** Up to this row an earlier lease may have sent it. */
  long intendedBefore() {
    return start.intendedRow();
  }

  public boolean single() {
    return start.single();
  }

  /** Its intent is stored: it may be sent as soon as it is read. */
  public boolean wasHandedOver() {
    return handedOver;
  }

  /** Rows may be appended to it while it is held; they are sent when it is claimed again. */
  boolean grows() {
    return rows.grow();
  }

  Removals removals() {
    return removals;
  }

  /** Rows that were read and remove or disable accounts, until their intent is stored. */
  long countedButNotStored() {
    return countedButNotStored;
  }

  Failures failures() {
    return failures;
  }

  /** Whether it is to wait until it is known how many of its rows failed. */
  boolean waitsForCounts() {
    return sendsNewRows() && dispatched >= allowed;
  }

  /** What was intended under an earlier lease is sent in any case, also when it is paused. */
  boolean sendsNewRows() {
    return readRow >= start.intendedRow();
  }

  /** So many commands may be handed to the bus by what is known. */
  void allow(long commands) {
    allowed = commands;
  }

  /**
   * Too many rows have failed: reads no more.
   *
   * @param detail why, for people
   */
  void stopForFailures(String detail) {
    tooManyFailures = detail;
  }

  /** Why it stopped for its failures; null while it did not. */
  String tooManyFailures() {
    return tooManyFailures;
  }

  /** Rows are left to be read. */
  boolean hasMore() {
    return !broken && !isAtRest() && readRow < start.total();
  }

  /** The next row would remove or disable one account more than allowed. */
  boolean isStopped() {
    return stopped;
  }

  /** Reads no more; what was read is sent and acknowledged. */
  void hold() {
    held = true;
  }

  /** Likewise, because other jobs wait for its place. */
  void makeRoom() {
    makesRoom = true;
    held = true;
  }

  boolean makesRoom() {
    return makesRoom;
  }

  /** As {@link System#nanoTime()}. */
  long openedNanos() {
    return openedNanos;
  }

  /** What it has to send costs that at the least. */
  long leastCost(RowCosts costs) {
    return rows.leastCost(costs);
  }

  /** Nothing more will be read, and all that was read is acknowledged, and that is stored. */
  boolean isSettled() {
    return isAtRest() && unacked.isEmpty() && storedAckedRow >= ackedRow;
  }

  private boolean isAtRest() {
    return stopped || held || tooManyFailures != null;
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
   * that the number of dispatched commands, and of removed accounts, counts each once.
   *
   * @param allowed rows that may remove or disable accounts
   */
  SentSlice read(RowCosts costs, long cost, long allowed) throws IOException {
    boolean again = readRow < start.intendedRow();
    RowsToSend.Slice slice =
        again
            ? rows.read(start.intendedRow(), costs, cost, BlastRadius.UNLIMITED)
            : rows.read(start.total(), costs, Math.min(cost, this.allowed - dispatched), allowed);
    long counted = again || !removals.counted() ? 0 : slice.removals();
    SentSlice sent = new SentSlice(slice, costs, readRow + 1, counted);
    countedButNotStored += counted;
    stopped = slice.stopped();
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
    countedButNotStored = 0;
    storedAckedRow = Math.max(storedAckedRow, position.ackedRow());
  }

  /** Acknowledgements have come in that the database doesn't know of. */
  boolean hasNews() {
    return position().ackedRow() > storedAckedRow;
  }

  /** Whether the gateway should hear of the position again; then remembers that it did. */
  boolean reportIfDue(Instant now, java.time.Duration every) {
    if (handedOver) {
      return false;
    }
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
