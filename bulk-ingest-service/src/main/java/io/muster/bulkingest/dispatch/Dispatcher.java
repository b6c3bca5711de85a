package io.muster.bulkingest.dispatch;

import io.muster.bulkingest.dispatch.held.HeldJobs;
import io.muster.bulkingest.dispatch.held.OpenJob;
import io.muster.bulkingest.dispatch.held.OpenJob.SentSlice;
import io.muster.bulkingest.dispatch.held.StoringPositions;
import io.muster.bulkingest.dispatch.window.InFlight;
import io.muster.bulkingest.dispatch.window.RowCosts;
import io.muster.bulkingest.dispatch.window.Throughput;
import io.muster.bulkingest.instances.HearingAllResults;
import io.muster.bulkingest.instances.ShareOfTheWindow;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Moves rows from spools to the bus: in rounds of slices, each tenant in turn, never more in flight
 * than the window. One thread; per round one transaction stores the intents of all its slices, then
 * they are sent, and their acknowledgements are stored with a later round.
 */
@ApplicationScoped
public class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);

  /** How long the thread sleeps when there is nothing to do; a submission wakes it. */
  private static final long IDLE_MILLIS = 200;

  private static final long BACK_OFF_MILLIS = 1_000;

  private final DispatchConfig config;
  private final HeldJobs held;
  private final StoringPositions storing;
  private final SendingSlices sending;
  private final InFlight inFlight;
  private final Throughput throughput;
  private final HearingAllResults hearing;
  private final ShareOfTheWindow share;
  private final Object wake = new Object();
  private boolean awake;
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
      Throughput throughput,
      HearingAllResults hearing,
      ShareOfTheWindow share) {
    this.hearing = hearing;
    this.share = share;
    this.config = config;
    this.held = held;
    this.storing = storing;
    this.sending = sending;
    this.inFlight = inFlight;
    this.throughput = throughput;
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
    synchronized (wake) {
      awake = true;
      wake.notifyAll();
    }
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
    held.giveBackAll();
  }

  /**
   * @return false when there was nothing to do
   */
  private boolean round() throws SQLException, InterruptedException {
    lookForWork();
    inFlight.giveUpAfter(config.silence());
    held.lookAtFailures();
    List<SentSlice> slices = takeTurns();
    Set<UUID> leases = storing.store(held, slices);
    slices.stream()
        .filter(slice -> leases.contains(slice.job().key().jobId()))
        .forEach(sending::send);
    held.closeWhatIsOver();
    share.holdsJobsOf(held.tenants());
    return !slices.isEmpty();
  }

  private void lookForWork() throws SQLException {
    if (!hearing.isHearing()) {
      // What is sent now would never be known to have come back.
      return;
    }
    boolean asked;
    synchronized (wake) {
      asked = awake;
      awake = false;
    }
    long now = System.nanoTime();
    if (asked || now - lookedForWorkNanos >= TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS)) {
      lookedForWorkNanos = now;
      held.lookForWork();
    }
  }

  private List<SentSlice> takeTurns() throws SQLException, InterruptedException {
    List<SentSlice> slices = new ArrayList<>();
    long room = config.windowRows() - inFlight.costOut();
    if (room <= 0) {
      inFlight.awaitBelow(config.windowRows(), 50);
      return slices;
    }
    RowCosts costs = throughput.costs();
    while (slices.size() < config.slicesPerRound() && room > 0 && !stopping) {
      Optional<OpenJob> turn = held.nextTurn();
      if (turn.isEmpty()) {
        break;
      }
      OpenJob job = turn.get();
      try {
        SentSlice slice = held.read(job, costs, Math.min(room, config.sliceRows()));
        room -= slice.cost();
        slices.add(slice);
      } catch (IOException e) {
        LOG.errorf(e, "a spool can't be read, jobId=%s", job.key().jobId());
        held.drop(job);
      }
    }
    return slices;
  }

  private void idle() throws InterruptedException {
    synchronized (wake) {
      if (!awake && !stopping) {
        wake.wait(held.isEmpty() ? IDLE_MILLIS : 5);
      }
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
