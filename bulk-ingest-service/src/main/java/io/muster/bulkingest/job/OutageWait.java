package io.muster.bulkingest.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Work for a consumer that must neither throw nor nack: an outage is waited out in here, for as
 * long as it lasts, while readiness says so.
 */
@ApplicationScoped
public class OutageWait {
  private static final Logger LOG = Logger.getLogger(OutageWait.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * Does it, again and again with growing pauses, until it works.
   *
   * @throws IllegalStateException only when the thread is interrupted, at shutdown
   */
  public void untilItWorks(String what, Runnable work) {
    Duration pause = FIRST_PAUSE;
    boolean failed = false;
    try {
      while (true) {
        try {
          work.run();
          return;
        } catch (RuntimeException e) {
          if (!failed) {
            failed = true;
            waiting.incrementAndGet();
          }
          LOG.warnf(e, "%s: trying again in %d ms", what, pause.toMillis());
          TimeUnit.NANOSECONDS.sleep(pause.toNanos());
          pause =
              pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                  ? pause.multipliedBy(2)
                  : LONGEST_PAUSE;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting out an outage", e);
    } finally {
      if (failed) {
        waiting.decrementAndGet();
      }
    }
  }

  /** Whether some consumer is waiting out an outage right now. */
  boolean waits() {
    return waiting.get() > 0;
  }
}
