package io.muster.inbox.intake;

import java.time.Duration;

/**
 * How many rows a batch may have: as many as are done, at the speed of the batches before, in the
 * time that a single call may have to wait for one. What a transaction costs by itself counts as
 * its rows': where that is much, batches are smaller than they would have to be. For one thread at
 * a time.
 */
final class Pace {
  /** Half of it is waited in the middle; with much less, what each transaction costs shows. */
  private static final Duration AIM = Duration.ofMillis(250);

  /** However slow a machine is, or whatever its transactions cost: so much is done set-wise. */
  private static final int FEWEST = 500;

  /** Fewer rows tell what a transaction costs, not what a row does. */
  private static final int ENOUGH_TO_TELL = 200;

  /** How much of what is believed the newest batch is: one that met an outage is soon forgotten. */
  private static final double NEWS = 0.3;

  private final int most;
  private double nanosPerRow;

  /**
   * @param most rows, also at first
   */
  Pace(int most) {
    this.most = most;
  }

  /** Rows that the next batch may have. */
  int atOnce() {
    if (nanosPerRow == 0) {
      return most;
    }
    double rows = AIM.toNanos() / nanosPerRow;
    return (int) Math.min(most, Math.max(FEWEST, rows));
  }

  /**
   * A batch is done.
   *
   * @param rows that were done in it, without those that had been done before
   */
  void took(int rows, long nanos) {
    if (rows >= ENOUGH_TO_TELL) {
      double now = (double) nanos / rows;
      nanosPerRow = nanosPerRow == 0 ? now : nanosPerRow + NEWS * (now - nanosPerRow);
    }
  }
}
