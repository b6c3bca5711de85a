package io.muster.bulkingest.dispatch.turn;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** How long the line of single calls is, as the dispatcher saw it last. Thread-safe. */
@Singleton
public final class SinglesInLine {
  private volatile Duration wait = Duration.ZERO;
  private volatile Duration longest = Duration.ZERO;

  /**
   * What it is like right now.
   *
   * @param takes how long it takes until all that wait are on the bus
   * @param bearable how long that may be at most
   */
  public void is(Duration takes, Duration bearable) {
    longest = bearable;
    wait = takes;
  }

  /** After how long a new call should be tried again; empty while it can be taken in. */
  public Optional<Duration> comeBackAfter() {
    Duration now = wait;
    return now.compareTo(longest) > 0 ? Optional.of(now) : Optional.empty();
  }
}
