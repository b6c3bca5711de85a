package io.muster.inbox.intake;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many rows a batch may have: as many as are done, at the speed of the batches before, in the
 * time that a single call may have to wait for one. For one thread at a time.
 */
final class Pace {
  /** Half of it is waited in the middle; with much less, what each transaction costs shows. */
  private static final Duration AIM = Duration.ofMillis(250);

  /** A machine that is as slow as that is left some worth in doing things set-wise. */
  private static final int FEWEST = 500;

  /** Fewer rows tell what a transaction costs, not what a row does. */
  private static final int ENOUGH_TO_TELL = 200;

  /** How much of what is believed the newest batch is: one that met an outage is soon forgotten. */
  private static final double NEWS = 0.3;

  private final int most;
  private final LongSupplier nanoTime;
  private double nanosPerRow;

  /**
   * @param most rows, also at first
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  Pace(int most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /** Rows that the next batch may have. */
  int atOnce() {
    if (nanosPerRow == 0) {
      return most;
    }
    double rows = AIM.toNanos() / nanosPerRow;
    return (int) Math.min(most, Math.max(FEWEST, rows));
  }

  /** Begins a batch of so many rows; is to be closed when it is done. */
  Timed begin(int rows) {
    long began = nanoTime.getAsLong();
    return () -> took(rows, nanoTime.getAsLong() - began);
  }

  private void took(int rows, long nanos) {
    if (rows >= ENOUGH_TO_TELL) {
      double now = (double) nanos / rows;
      nanosPerRow = nanosPerRow == 0 ? now : nanosPerRow + NEWS * (now - nanosPerRow);
    }
  }

  /** A batch under way. */
  interface Timed extends AutoCloseable {
    @Override
    void close();
  }
}
