package io.muster.gateway.track.watch;

import io.muster.chassis.problem.Causes;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tries a batch again until it is done: a batch that is given back would stop the channel for good.
 * Knows what waits for an outage (readiness) and what hangs (liveness). Thread-safe.
 */
@ApplicationScoped
public class BatchWatch {
  private static final Logger LOG = Logger.getLogger(BatchWatch.class);
  private static final long SHORTEST_WAIT_MILLIS = 100;
  private static final long LONGEST_WAIT_MILLIS = 5_000;

  /** Two consumers met on the same rows: the loser may try again at once. */
  private static final Set<String> MET_ANOTHER = Set.of("40001", "40P01");

  private final Clock clock;
  private final Set<Batch> underWay = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopping = new CountDownLatch(1);

  BatchWatch(Clock clock) {
    this.clock = clock;
  }

  /**
   * Returns when the work is done, through any outage.
   *
   * @param what for the log, without personal data
   * @throws Stopping when the gateway goes down before; the batch comes again after the next start
   */
  public <T> T untilDone(String what, Callable<T> work) {
    Batch batch = new Batch(clock.instant());
    underWay.add(batch);
    try {
      for (int tries = 0; ; tries++) {
        try {
          return work.call();
        } catch (Stopping e) {
          throw e;
        } catch (Exception e) {
          if (tries == 0 && metAnother(e)) {
            continue;
          }
          LOG.warnf("%s waits: %s", what, Causes.told(e));
          batch.outage = e.getClass().getSimpleName();
          await(SHORTEST_WAIT_MILLIS << Math.min(tries, 10));
          batch.movedAt = clock.instant();
        }
      }
    } finally {
      underWay.remove(batch);
    }
  }

  /** For how long the slowest batch has neither ended nor been tried again; zero without one. */
  Duration longestStandstill() {
    Instant now = clock.instant();
    return underWay.stream()
        .map(batch -> Duration.between(batch.movedAt, now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** The kind of failure that a batch waits out; empty when none waits. */
  Optional<String> outage() {
    return underWay.stream().map(batch -> batch.outage).filter(o -> o != null).findAny();
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
  }

  private void await(long millis) {
    try {
      if (stopping.await(Math.min(millis, LONGEST_WAIT_MILLIS), TimeUnit.MILLISECONDS)) {
        throw new Stopping();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopping();
    }
  }

  private static boolean metAnother(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && MET_ANOTHER.contains(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static final class Batch {
    private volatile Instant movedAt;
    private volatile String outage;

    private Batch(Instant begun) {
      this.movedAt = begun;
    }
  }

  /** The gateway goes down. */
  public static final class Stopping extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopping() {
      super("the gateway is stopping", null, false, false);
    }
  }
}
