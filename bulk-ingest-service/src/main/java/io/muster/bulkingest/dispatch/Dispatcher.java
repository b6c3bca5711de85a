package io.muster.bulkingest.dispatch;

import io.muster.bulkingest.dispatch.held.HeldJobs;
import io.muster.bulkingest.dispatch.held.SentSlice;
import io.muster.bulkingest.dispatch.held.StoringPositions;
import io.muster.bulkingest.dispatch.window.Bell;
import io.muster.bulkingest.dispatch.window.InFlight;
import io.muster.bulkingest.instances.HearingAllResults;
import io.muster.bulkingest.instances.ShareOfTheWindow;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Moves rows from spools to the bus: in rounds of slices, single calls first, then each tenant in
 * turn, never more in flight than the window. One thread; per round one transaction stores the
 * intents of all its slices, then they are sent, and their acknowledgements are stored with a later
 * round.
 */
@ApplicationScoped
public class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);

  /** How long the thread sleeps when there is nothing to do; a submission wakes it. */
  private static final long IDLE_MILLIS = 200;

  /** Likewise while results or acknowledgements are waited for; they wake it as well. */
  private static final long BUSY_MILLIS = 50;

  private static final long BACK_OFF_MILLIS = 1_000;

  private final DispatchConfig config;
  private final HeldJobs held;
  private final StoringPositions storing;
  private final SendingSlices sending;
  private final InFlight inFlight;
  private final HearingAllResults hearing;
  private final ShareOfTheWindow share;
  private final TakingTurns turns;
  private final Bell bell;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile boolean stopping;
  private volatile long lastRoundNanos = System.nanoTime();
  private long lookedForWorkNanos;
  private Thread thread;

  Dispatcher(
      DispatchConfig config,
      HeldJobs held,
      StoringPositions storing,
      SendingSlices sending,
      InFlight inFlight,
      TakingTurns turns,
      Bell bell,
      HearingAllResults hearing,
      ShareOfTheWindow share) {
    this.hearing = hearing;
    this.share = share;
    this.config = config;
    this.held = held;
    this.storing = storing;
    this.sending = sending;
    this.inFlight = inFlight;
    this.turns = turns;
    this.bell = bell;
  }

  void onStart(@Observes @Priority(20_000) StartupEvent started) {
    thread = new Thread(this::run, "dispatcher");
    thread.setDaemon(true);
    thread.start();
  }

  void onStop(@Observes ShutdownEvent stopped) throws InterruptedException {
    stopping = true;
    wakeUp();
    thread.join(TimeUnit.SECONDS.toMillis(5));
  }

  /** There may be new work: look at once. From any thread. */
  public void wakeUp() {
    asked.set(true);
    bell.ring();
  }

  /** When the last round ended, as {@link System#nanoTime()}: liveness looks at it. */
  long lastRoundNanos() {
    return lastRoundNanos;
  }

  private void run() {
    while (!stopping) {
      try {
        boolean busy = round();
        lastRoundNanos = System.nanoTime();
        if (!busy) {
          idle();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (SQLException | RuntimeException e) {
        LOG.error("dispatch stumbled and goes on after a pause", e);
        held.forgetAll();
        pause();
      }
    }
    held.handOverNothing();
    held.takeHandedOver();
    held.giveBackAll();
  }

  /**
   * @return false when there was nothing to do
   */
  private boolean round() throws SQLException, InterruptedException {
    lookForWork();
    inFlight.giveUpAfter(config.silence());
    held.lookAtFailures();
    List<SentSlice> slices = turns.take(() -> stopping, sending::send);
    Set<UUID> leases = storing.store(held, slices);
    slices.stream()
        .filter(slice -> leases.contains(slice.job().key().jobId()))
        .forEach(sending::send);
    if (held.closeWhatIsOver()) {
      asked.set(true);
    }
    share.holdsJobsOf(held.tenants());
    return !slices.isEmpty();
  }

  private void lookForWork() throws SQLException {
    if (!hearing.isHearing()) {
      // What is sent now would never be known to have come back.
      held.handOverNothing();
      return;
    }
    long now = System.nanoTime();
    if (asked.getAndSet(false)
        || now - lookedForWorkNanos >= TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS)) {
      lookedForWorkNanos = now;
      held.lookForWork();
    }
  }

  private void idle() throws InterruptedException {
    if (!asked.get() && !stopping) {
      bell.await(held.isEmpty() ? IDLE_MILLIS : BUSY_MILLIS);
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BACK_OFF_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
