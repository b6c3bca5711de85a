package io.muster.bulkingest.dispatch.window;

import io.muster.bulkingest.dispatch.DispatchConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Commands and hashes per second that come to an end while there is work: each followed over about
 * half a minute, which an upload's expected duration is reckoned from, and the best of it, which
 * the window follows. Thread-safe.
 */
@ApplicationScoped
public class Throughput {
  /** Gaps longer than this are idleness, not slowness. */
  private static final Duration GAP = Duration.ofSeconds(2);

  private static final double HALF_LIFE_SECONDS = 10;

  private final Clock clock;
  private final Pace commands;
  private final Pace hashes;
  private final PeakRate mostCommands;
  private final PeakRate mostHashes;

  @Inject
  Throughput(Clock clock, DispatchConfig config) {
    this(clock, config.assumedRowsPerSecond(), config.assumedHashesPerSecond());
  }

  Throughput(Clock clock, int assumedCommands, int assumedHashes) {
    this.clock = clock;
    this.commands = new Pace(assumedCommands);
    this.hashes = new Pace(assumedHashes);
    this.mostCommands = new PeakRate(assumedCommands);
    this.mostHashes = new PeakRate(assumedHashes);
  }

  /**
   * Results have come back, with and without a hashed password.
   *
   * @param busy whether enough is on the bus still: a trickle tells nothing of what the system can
   *     do
   */
  synchronized void ended(int ordinary, int hashed, boolean busy) {
    Instant now = clock.instant();
    if (!busy) {
      commands.pause();
      hashes.pause();
      mostCommands.pause();
      mostHashes.pause();
      return;
    }
    if (hashed > 0) {
      hashes.ended(hashed, now);
      // What comes between passwords tells how long they take.
      commands.pause();
      mostCommands.pause();
    } else if (ordinary > 0) {
      commands.ended(ordinary, now);
      mostCommands.ended(ordinary, now);
    }
    mostHashes.ended(hashed, now);
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

  /** The best of half a minute's work; of all dispatchers together. */
  synchronized double mostCommandsPerSecond() {
    return mostCommands.perSecond();
  }

  /** Likewise passwords. */
  synchronized double mostHashesPerSecond() {
    return mostHashes.perSecond();
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
