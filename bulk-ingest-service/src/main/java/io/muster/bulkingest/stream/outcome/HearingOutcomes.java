package io.muster.bulkingest.stream.outcome;

import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Stores how rows of jobs that grow ended, beside the thread that hears all results: that one feeds
 * the window and must not wait for a database. What is lost in here, by a crash or because too much
 * came at once, is asked for again ({@link UnheardRows}).
 */
@ApplicationScoped
public class HearingOutcomes {
  private static final Logger LOG = Logger.getLogger(HearingOutcomes.class);
  private static final Wire<RowResult> WIRE = Wire.of(Topics.ROW_RESULTS);

  /** Some megabytes. */
  private static final int MOST_WAITING = 20_000;

  /** Rows of one transaction. */
  private static final int BATCH = 1_000;

  private static final long BACK_OFF_MILLIS = 1_000;
  private static final int UUID_LENGTH = 36;

  private final GrowingJobs growing;
  private final OutcomesOfRows outcomes;
  private final TellingEnds telling;
  private final BlockingQueue<RowResult> heard = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread thread = new Thread(this::run, "row-outcomes");
  private volatile boolean stopping;

  HearingOutcomes(GrowingJobs growing, OutcomesOfRows outcomes, TellingEnds telling) {
    this.growing = growing;
    this.outcomes = outcomes;
    this.telling = telling;
  }

  void onStart(@Observes StartupEvent started) {
    thread.setDaemon(true);
    thread.start();
  }

  void onStop(@Observes ShutdownEvent stopped) throws InterruptedException {
    stopping = true;
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(5));
  }

  /**
   * A result has come, of whatever job. Looks at its value only when its job grows; never waits.
   *
   * @param id beginning with the job's
   */
  public void hear(String id, byte[] value) {
    if (growing.isEmpty() || id.length() <= UUID_LENGTH) {
      return;
    }
    try {
      if (!growing.knows(UUID.fromString(id.substring(0, UUID_LENGTH)))) {
        return;
      }
      RowResult result = WIRE.decode(value);
      if (growing.knows(result)) {
        result.allRows().forEach(row -> keep(result.of(row)));
      }
    } catch (IllegalArgumentException | UnreadableMessage e) {
      // The gateway puts it to the dead letters; here its row is asked for again.
      LOG.debug("a result can't be read");
    }
  }

  private void keep(RowResult ofOneRow) {
    if (!heard.offer(ofOneRow)) {
      LOG.debug("more outcomes than can be stored: they are asked for again");
    }
  }

  private void run() {
    List<RowResult> batch = new ArrayList<>();
    while (!stopping) {
      try {
        if (batch.isEmpty()) {
          batch.add(heard.take());
          heard.drainTo(batch, BATCH - 1);
        }
        telling.tell(outcomes.store(batch));
        batch.clear();
      } catch (SQLException | RuntimeException e) {
        LOG.warnf("%d outcomes wait: %s", batch.size(), e.getClass().getSimpleName());
        pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BACK_OFF_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
