package io.muster.user.behind;

/**
 * Lets what can wait have its share of the time and no more: after each piece of work it rests for
 * as long as makes up the share. For one thread.
 */
final class Pace {
  private final double share;
  private long restsUntil;

  /**
   * @param share of the time, from 0 (never) to 1 (always)
   */
  Pace(double share) {
    this.share = Math.max(0, Math.min(share, 1));
    this.restsUntil = System.nanoTime();
  }

  boolean rests() {
    return share == 0 || System.nanoTime() - restsUntil < 0;
  }

  void worked(long nanos) {
    restsUntil = System.nanoTime() + (long) (nanos * (1 / share - 1));
  }
}
