package io.muster.inbox.watch;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Knows what is under way, since when it hasn't moved, and what it waits for. Kafka's own watchdog
 * doesn't see a hung handler: the poll loop goes on while the channel is paused.
 */
@ApplicationScoped
public class IntakeWatch {
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

  private final Set<Watched> underWay = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Clock clock;
  private final Duration longestWait;

  @Inject
  IntakeWatch(WatchConfig config) {
    this(Clock.systemUTC(), config.longestWait());
  }

  /** For use without a container. */
  public IntakeWatch(Clock clock, Duration longestWait) {
    this.clock = clock;
    this.longestWait = longestWait;
  }

  /** Something begins that must come to an end. */
  public Watched begin() {
    Watched watched = new Watched();
    underWay.add(watched);
    return watched;
  }

  /**
   * @return for how long the slowest of what is under way hasn't moved; zero when nothing is
   */
  Duration longestStandstill() {
    Instant now = clock.instant();
    return underWay.stream()
        .map(w -> Duration.between(w.movedAt, now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /**
   * @return the kind of failure that something waits out; empty when nothing waits
   */
  Optional<String> outage() {
    return underWay.stream().map(w -> w.outage).filter(o -> o != null).findAny();
  }

  /** Whether the service goes down: nothing more is to be begun. */
  public boolean isStopping() {
    return stopping.getCount() == 0;
  }

  void stop(@Observes ShutdownEvent event) {
    stop();
  }

  /** From now on nothing waits, and nothing more is to be begun. */
  public void stop() {
    stopping.countDown();
  }

  /** One batch or assignment. Used by one thread, read by health checks. */
  public final class Watched implements AutoCloseable {
    private volatile Instant movedAt = clock.instant();
    private volatile String outage;
    private int tries;

    /** A step was done; an outage is over. */
    public void moved() {
      movedAt = clock.instant();
      outage = null;
      tries = 0;
    }

    /** How often in a row this has waited. */
    public int tries() {
      return tries;
    }

    /**
     * Waits before the next try, longer each time.
     *
     * @param failure why; only its type is told
     * @throws Stopping when the service goes down meanwhile
     */
    public void waitOut(Throwable failure) {
      movedAt = clock.instant();
      outage = failure.getClass().getSimpleName();
      long millis = SHORTEST_WAIT.toMillis() << Math.min(tries++, 10);
      try {
        if (stopping.await(Math.min(millis, longestWait.toMillis()), TimeUnit.MILLISECONDS)) {
          throw new Stopping();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Stopping();
      }
    }

    @Override
    public void close() {
      underWay.remove(this);
    }
  }

  /** The service goes down; what was under way comes again after the next start. */
  public static final class Stopping extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopping() {
      super("the service is stopping", null, false, false);
    }
  }
}
