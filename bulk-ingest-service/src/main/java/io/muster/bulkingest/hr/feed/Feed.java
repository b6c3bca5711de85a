package io.muster.bulkingest.hr.feed;

import java.time.Instant;

/**
 * A tenant's feed.
 *
 * @param pausedAt null while it runs
 * @param pausedBecause one sentence; null while it runs
 * @param releasedAt when it was last released; null for never
 * @param releasedUpTo events up to this number have been seen by whoever released it
 * @param measured how many active accounts there were when the valve last had to know
 * @param measuredAt when that was; null for never
 */
public record Feed(
    Instant pausedAt,
    String pausedBecause,
    Instant releasedAt,
    long releasedUpTo,
    long measured,
    Instant measuredAt) {
  public boolean isPaused() {
    return pausedAt != null;
  }
}
