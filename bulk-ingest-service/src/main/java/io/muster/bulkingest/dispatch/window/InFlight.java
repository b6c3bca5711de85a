package io.muster.bulkingest.dispatch.window;

import io.muster.contracts.command.Part;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is on the bus without a result, known from the slice numbers that results echo. A repeated
 * result counts once; a result of an unknown slice (an earlier dispatcher's) counts nothing. All
 * methods may be called from any thread.
 */
@Singleton
public final class InFlight {
  private final Map<Long, Slice> open = new LinkedHashMap<>();
  private final Clock clock;
  private long lastNumber;
  private long costOut;
  private long costOfSinglesOut;
  private Instant lastAnswer;
  private Instant lastProbe = Instant.EPOCH;

  public InFlight(Clock clock) {
    this.clock = clock;
    this.lastAnswer = clock.instant();
  }

  /** Two bits a row, the user part's before the license part's. */
  private static final class Slice {
    private final UUID jobId;
    private final boolean single;
    private final long firstRow;
    private final int costOfGiven;
    private final BitSet without = new BitSet();
    private final BitSet given = new BitSet();
    private final BitSet refused = new BitSet();
    private final Instant sentAt;

    Slice(UUID jobId, boolean single, long firstRow, int costOfGiven, Instant sentAt) {
      this.jobId = jobId;
      this.single = single;
      this.firstRow = firstRow;
      this.costOfGiven = costOfGiven;
      this.sentAt = sentAt;
    }

    private boolean canHold(long row) {
      return row >= firstRow && row - firstRow < Integer.MAX_VALUE / 2;
    }

    private int bit(long row, Part part) {
      return Math.toIntExact((row - firstRow) * 2) + (part == Part.LICENSE ? 1 : 0);
    }

    private boolean hasEnded(int bit) {
      return !without.get(bit) && !without.get(bit ^ 1);
    }

    private boolean wasRefused(int bit) {
      return refused.get(bit) || refused.get(bit ^ 1);
    }

    private int cost(int bit) {
      return given.get(bit) ? costOfGiven : 1;
    }

    private long costLeft() {
      return without.stream().mapToLong(this::cost).sum();
    }
  }

  /**
   * Takes rows as sent.
   *
   * @param single whether they are a single call
   * @param rows their numbers, none below firstRow, all within one slice
   * @return the slice's number, which the commands carry in their header
   */
  public synchronized long sent(
      UUID jobId, boolean single, long firstRow, RowCosts costs, List<RowCommands> rows) {
    Slice slice = new Slice(jobId, single, firstRow, costs.given(), clock.instant());
    for (RowCommands row : rows) {
      row.parts().forEach(part -> slice.without.set(slice.bit(row.row(), part)));
      if (row.hasGivenPassword()) {
        slice.given.set(slice.bit(row.row(), Part.USER));
      }
      out(slice, costs.of(row));
    }
    long number = ++lastNumber;
    if (!rows.isEmpty()) {
      open.put(number, slice);
    }
    return number;
  }

  /**
   * What a result tells.
   *
   * @param hashed it is the first for a command whose password had to be hashed
   * @param ended it is the last that its row was waited for
   * @param failed the row has ended, and one of its parts was refused
   */
  record Heard(boolean hashed, boolean ended, boolean failed) {
    private static final Heard NOTHING = new Heard(false, false, false);
  }

  /**
   * A result has come back.
   *
   * @param refused it says that its part was refused
   */
  synchronized Heard answered(long number, UUID jobId, long row, Part part, boolean refused) {
    lastAnswer = clock.instant();
    Slice slice = open.get(number);
    if (slice == null || !slice.jobId.equals(jobId) || !slice.canHold(row)) {
      return Heard.NOTHING;
    }
    int bit = slice.bit(row, part);
    if (!slice.without.get(bit)) {
      return Heard.NOTHING;
    }
    slice.without.clear(bit);
    slice.refused.set(bit, refused);
    out(slice, -slice.cost(bit));
    if (slice.without.isEmpty()) {
      open.remove(number);
    }
    boolean ended = slice.hasEnded(bit);
    return new Heard(slice.given.get(bit), ended, ended && slice.wasRefused(bit));
  }

  /** The slice was not sent after all, or not whole: its job starts again from its checkpoint. */
  public synchronized void forget(long number) {
    Slice slice = open.remove(number);
    if (slice != null) {
      out(slice, -slice.costLeft());
    }
  }

  /**
   * Gives up waiting for slices whose results won't come, so that a reset topic can't hold the
   * window for ever: those that were sent twice that long ago while later ones were answered, and,
   * when nothing at all was answered for that long, one slice as a probe: the first answer to what
   * is sent in its place frees the rest. Their rows are sent again with their job.
   */
  public synchronized void giveUpAfter(Duration patience) {
    Instant now = clock.instant();
    boolean allIsQuiet = !lastAnswer.plus(patience).isAfter(now);
    Long probe = null;
    for (var entry : Map.copyOf(open).entrySet()) {
      Slice slice = entry.getValue();
      boolean passedBy = lastAnswer.isAfter(slice.sentAt.plus(patience));
      if (passedBy && !slice.sentAt.plus(patience.multipliedBy(2)).isAfter(now)) {
        forget(entry.getKey());
      } else if (allIsQuiet
          && !slice.sentAt.plus(patience).isAfter(now)
          && (probe == null || entry.getKey() < probe)) {
        probe = entry.getKey();
      }
    }
    if (probe != null && !lastProbe.plus(patience).isAfter(now)) {
      lastProbe = now;
      forget(probe);
    }
  }

  /** What is on the bus without a result, in the unit of {@link RowCosts}. */
  public synchronized long costOut() {
    return costOut;
  }

  /** Of single calls alone. */
  public synchronized long costOfSinglesOut() {
    return costOfSinglesOut;
  }

  /** {@link #costOut} by job; jobs without any are left out. */
  public synchronized Map<UUID, Long> costOutByJob() {
    Map<UUID, Long> byJob = new HashMap<>();
    open.values().forEach(slice -> byJob.merge(slice.jobId, slice.costLeft(), Long::sum));
    return byJob;
  }

  private void out(Slice slice, long cost) {
    costOut += cost;
    if (slice.single) {
      costOfSinglesOut += cost;
    }
  }
}
