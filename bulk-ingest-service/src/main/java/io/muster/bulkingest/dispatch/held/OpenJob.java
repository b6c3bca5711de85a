package io.muster.bulkingest.dispatch.held;

import io.muster.bulkingest.dispatch.lease.Checkpoints.Checkpoint;
import io.muster.bulkingest.dispatch.lease.Checkpoints.JobKey;
import io.muster.bulkingest.dispatch.row.RowsToSend;
import io.muster.bulkingest.dispatch.window.FinishedRows.Counts;
import io.muster.bulkingest.dispatch.window.RowCosts;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.bulkingest.guard.FailureLimit;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;

/**
 * A job that this dispatcher holds the lease of: what was read, what was sent, what the brokers
 * have. The dispatcher's thread owns it; only acknowledgements come from the producer's.
 */
public final class OpenJob implements Closeable {
  private final Checkpoint start;
  private final RowsToSend rows;
  private final Removals removals;
  private final Progress progress;
  private Instant reportedAt = Instant.EPOCH;
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
    this.progress = new Progress(start);
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
    return progress.countedButNotStored();
  }

  Failures failures() {
    return failures;
  }

  /** Whether it is to wait until it is known how many of its rows failed. */
  boolean waitsForCounts() {
    return sendsNewRows() && progress.dispatched() >= allowed;
  }

  /** What was intended under an earlier lease is sent in any case, also when it is paused. */
  boolean sendsNewRows() {
    return progress.readRow() >= start.intendedRow();
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
    return !broken && !isAtRest() && progress.readRow() < start.total();
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
    return isAtRest() && progress.isAcknowledged();
  }

  private boolean isAtRest() {
    return stopped || held || tooManyFailures != null;
  }

  /** Everything was sent and acknowledged, and that is stored. */
  boolean isDone() {
    return progress.storedAckedRow() >= start.total();
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
    boolean again = !sendsNewRows();
    RowsToSend.Slice slice =
        again
            ? rows.read(start.intendedRow(), costs, cost, BlastRadius.UNLIMITED)
            : rows.read(
                start.total(),
                costs,
                Math.min(cost, this.allowed - progress.dispatched()),
                allowed);
    long counted = again || !removals.counted() ? 0 : slice.removals();
    SentSlice sent = new SentSlice(this, slice, costs, progress.readRow() + 1, counted);
    stopped = slice.stopped();
    progress.read(sent, again ? 0 : slice.rows().size());
    return sent;
  }

  /** The position to store now: acknowledged are the slices before the first that is not. */
  Checkpoint position() {
    return progress.position();
  }

  /** That position is in the database. */
  void stored(Checkpoint position) {
    progress.stored(position);
  }

  /** Acknowledgements have come in that the database doesn't know of. */
  boolean hasNews() {
    return progress.hasNews();
  }

  /** A record can't be sent, whatever the client tried: it starts again from its checkpoint. */
  void breakOff() {
    broken = true;
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
