package io.muster.bulkingest.dispatch.window;

import io.muster.bulkingest.dispatch.DispatchConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Commands and hashes per second that come to an end while there is work, each followed over about
 * half a minute: what an upload's expected duration is reckoned from, and how much of a window a
 * given password takes. Thread-safe.
 */
@ApplicationScoped
public class Throughput {
  /** Gaps longer than this are idleness, not slowness. */
  private static final Duration GAP = Duration.ofSeconds(2);

  private static final double HALF_LIFE_SECONDS = 10;

  /** A password takes this much of the window at the most, so that the window holds some. */
  private static final int MOST_COST = 1_000;

  private final Clock clock;
  private final int assumedCommands;
  private final int enough;
  private final Pace commands;
  private final Pace hashes;

  Throughput(Clock clock, DispatchConfig config) {
    this.clock = clock;
    this.assumedCommands = config.assumedRowsPerSecond();
    this.enough = config.windowRows() / 4;
    this.commands = new Pace(config.assumedRowsPerSecond());
    this.hashes = new Pace(config.assumedHashesPerSecond());
  }

  /**
   * Results have come back, with and without a hashed password.
   *
   * @param costOut what is on the bus still: a trickle tells nothing of what the system can do
   */
  synchronized void ended(int ordinary, int hashed, long costOut) {
    if (costOut < enough) {
      commands.pause();
      hashes.pause();
    } else if (hashed > 0) {
      hashes.ended(hashed, clock.instant());
    } else if (ordinary > 0) {
      commands.ended(ordinary, clock.instant());
    }
  }

  /**
   * How long a job takes that has the system to itself, one second at the least.
   *
   * @param all commands to all services
   * @param givenPasswords commands among them whose password has to be hashed
   */
  public synchronized Duration expected(long all, long givenPasswords) {
    double seconds =
        (all - givenPasswords) / commands.perSecond() + givenPasswords / hashes.perSecond();
    return Duration.ofSeconds(Math.max(1, Math.round(seconds)));
  }

  /** By the hash time that was measured. */
  public synchronized RowCosts costs() {
    long cost = Math.round(assumedCommands / hashes.perSecond());
    return new RowCosts((int) Math.min(MOST_COST, Math.max(1, cost)));
  }

  private static final class Pace {
    private double perSecond;
    private Instant last = Instant.EPOCH;

    Pace(double assumed) {
      this.perSecond = assumed;
    }

    void ended(int count, Instant now) {
      double seconds = Duration.between(last, now).toNanos() / 1e9;
      if (seconds > 0 && seconds < GAP.toSeconds()) {
        double weight = 1 - Math.pow(0.5, seconds / HALF_LIFE_SECONDS);
        perSecond += weight * (count / seconds - perSecond);
      }
      last = now;
    }

    void pause() {
      last = Instant.EPOCH;
    }

    /** Never below one. */
    double perSecond() {
      return Math.max(1, perSecond);
    }
  }
}
