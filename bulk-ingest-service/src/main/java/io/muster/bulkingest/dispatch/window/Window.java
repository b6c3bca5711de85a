package io.muster.bulkingest.dispatch.window;

import io.muster.bulkingest.dispatch.turn.Room;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How much may be on the bus without a result: what the services do in a third of a second, as they
 * were measured, and what their batches and commits hold back. Why so, and why it doesn't shrink by
 * itself: {@code docs/decisions/0020-how-large-the-window-is.md}. Thread-safe.
 */
@ApplicationScoped
public class Window {
  /** A turn finds room also where many dispatchers share a small window. */
  private static final long LEAST = 100;

  /**
   * So many passwords fill the whole window at the least, however long each takes: some 40 have to
   * be out, a batch for each of two consumers, or cores wait for the next.
   */
  private static final double LEAST_PASSWORDS = 64;

  private final WindowConfig config;
  private final Throughput throughput;
  private final WindowShare share;

  Window(WindowConfig config, Throughput throughput, WindowShare share) {
    this.config = config;
    this.throughput = throughput;
    this.share = share;
  }

  /** This dispatcher's part of it, in the cost of an ordinary command. */
  public long size() {
    return Math.max(LEAST, Math.round(ofAll() * share.share()));
  }

  /**
   * What commands cost: as many passwords fill this dispatcher's part of the window as are hashed
   * for it in the window's time and in that of a batch of them. What is hashed for others it
   * doesn't know, nor has their part of the window.
   */
  public RowCosts costs() {
    double passwords = throughput.mostHashesPerSecond() * seconds(config.hashing());
    double least = LEAST_PASSWORDS * share.share();
    return new RowCosts((int) Math.max(1, Math.round(size() / Math.max(least, passwords))));
  }

  /** What single calls may take of it while files wait, a second, in the same unit. */
  public double singlesPerSecond() {
    return throughput.mostCommandsPerSecond() * share.share() * Room.PERCENT_FOR_SINGLES / 100;
  }

  private double ofAll() {
    double measured =
        throughput.mostCommandsPerSecond() * seconds(config.time()) + config.heldBack();
    return Math.min(config.widest(), Math.max(config.narrowest(), measured));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
