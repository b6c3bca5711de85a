package io.muster.bulkingest.dispatch;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What is on the bus without a result, known from the slice numbers that results echo. A repeated
 * result counts once; a result of an unknown slice (an earlier dispatcher's) counts nothing. All
 * methods may be called from any thread.
 */
@Singleton
final class InFlight {
  private final Map<Long, Slice> open = new LinkedHashMap<>();
  private final Clock clock;
  private long lastNumber;
  private long rowsOut;
  private Instant lastAnswer;
  private Instant lastProbe = Instant.EPOCH;

  InFlight(Clock clock) {
    this.clock = clock;
    this.lastAnswer = clock.instant();
  }

  private static final class Slice {
    private final UUID jobId;
    private final long firstRow;
    private final BitSet without = new BitSet();
    private final Instant sentAt;

    Slice(UUID jobId, long firstRow, Instant sentAt) {
      this.jobId = jobId;
      this.firstRow = firstRow;
      this.sentAt = sentAt;
    }
  }

  /**
   * Takes rows as sent.
   *
   * @param rows their numbers, none below firstRow, all within one slice
   * @return the slice's number, which the commands carry in their header
   */
  synchronized long sent(UUID jobId, long firstRow, long[] rows) {
    Slice slice = new Slice(jobId, firstRow, clock.instant());
    for (long row : rows) {
      slice.without.set(Math.toIntExact(row - firstRow));
    }
    rowsOut += rows.length;
    long number = ++lastNumber;
    if (rows.length > 0) {
      open.put(number, slice);
    }
    return number;
  }

  /** A result has come back. */
  synchronized void answered(long number, UUID jobId, long row) {
    lastAnswer = clock.instant();
    Slice slice = open.get(number);
    if (slice == null || !slice.jobId.equals(jobId) || row < slice.firstRow) {
      return;
    }
    int bit = Math.toIntExact(row - slice.firstRow);
    if (slice.without.get(bit)) {
      slice.without.clear(bit);
      rowsOut--;
      if (slice.without.isEmpty()) {
        open.remove(number);
      }
      notifyAll();
    }
  }

  /** The slice was not sent after all, or not whole: its job starts again from its checkpoint. */
  synchronized void forget(long number) {
    Slice slice = open.remove(number);
    if (slice != null) {
      rowsOut -= slice.without.cardinality();
      notifyAll();
    }
  }

  /**
   * Gives up waiting for slices whose results won't come, so that a reset topic can't hold the
   * window for ever: those that were sent that long ago while later ones were answered, and, when
   * nothing at all is answered, one slice as a probe. Their rows are sent again with their job.
   */
  synchronized void giveUpAfter(Duration patience) {
    Instant now = clock.instant();
    Long probe = null;
    for (var entry : Map.copyOf(open).entrySet()) {
      Slice slice = entry.getValue();
      if (slice.sentAt.plus(patience.multipliedBy(2)).isAfter(now)) {
        continue;
      }
      if (lastAnswer.isAfter(slice.sentAt.plus(patience))) {
        forget(entry.getKey());
      } else if (probe == null || entry.getKey() < probe) {
        probe = entry.getKey();
      }
    }
    if (probe != null && !lastProbe.plus(patience).isAfter(now)) {
      lastProbe = now;
      forget(probe);
    }
  }

  /** Rows on the bus without a result. */
  synchronized long rowsOut() {
    return rowsOut;
  }

  /** Whether that job has rows on the bus that this dispatcher still waits for. */
  synchronized boolean waitsFor(UUID jobId) {
    return open.values().stream().anyMatch(slice -> slice.jobId.equals(jobId));
  }

  /** Waits until fewer rows than that are out, or the time is up. */
  synchronized void awaitBelow(long rows, long millis) throws InterruptedException {
    if (rowsOut >= rows) {
      wait(millis);
    }
  }
}
