package io.muster.bulkingest.dispatch;

import io.muster.bulkingest.dispatch.Checkpoints.Checkpoint;
import io.muster.bulkingest.dispatch.Checkpoints.JobKey;
import io.muster.bulkingest.dispatch.OpenJob.SentSlice;
import io.muster.bulkingest.job.OwedEvents;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Checkpoints checkpoints;
  private final OpeningJobs opening;
  private final SendingSlices sending;
  private final OwedEvents owedEvents;
  private final InFlight inFlight;
  private final Throughput throughput;
  private final Clock clock;
  private final String owner = UUID.randomUUID().toString();
  private final FairTurns<OpenJob> turns = new FairTurns<>();
  private final Map<UUID, OpenJob> open = new LinkedHashMap<>();
  private final Object wake = new Object();
  private boolean awake;
  private volatile boolean stopping;
  private volatile long lastRoundNanos = System.nanoTime();
  private long lookedForWorkNanos;
  private Thread thread;

  Dispatcher(
      DispatchConfig config,
      Checkpoints checkpoints,
      OpeningJobs opening,
      SendingSlices sending,
      OwedEvents owedEvents,
      InFlight inFlight,
      Throughput throughput,
      Clock clock) {
    this.config = config;
    this.checkpoints = checkpoints;
    this.opening = opening;
    this.sending = sending;
    this.owedEvents = owedEvents;
    this.inFlight = inFlight;
    this.throughput = throughput;
    this.clock = clock;
  }

  void onStart(@Observes @Priority(20_000) StartupEvent started) {
    thread = daemon("dispatcher").newThread(this::run);
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
        open.values().forEach(this::close);
        open.clear();
        turns.removeIf(all -> true);
        pause(BACK_OFF_MILLIS);
      }
    }
    open.values().forEach(this::giveBack);
  }

  /**
   * @return false when there was nothing to do
   */
  private boolean round() throws SQLException, InterruptedException {
    lookForWork();
    inFlight.giveUpAfter(config.silence());
    List<SentSlice> slices = takeTurns();
    List<OpenJob> changed =
        new ArrayList<>(open.values().stream().filter(OpenJob::hasNews).toList());
    slices.stream().map(SentSlice::job).filter(job -> !changed.contains(job)).forEach(changed::add);
    boolean renew = leasesAreHalfOver();
    if (renew) {
      open.values().stream().filter(job -> !changed.contains(job)).forEach(changed::add);
    }
    if (!changed.isEmpty()) {
      Set<UUID> held = store(changed);
      slices.stream()
          .filter(slice -> held.contains(slice.job().key().jobId()))
          .forEach(sending::send);
    }
    closeWhatIsOver();
    return !slices.isEmpty();
  }

  private List<SentSlice> takeTurns() throws InterruptedException {
    List<SentSlice> slices = new ArrayList<>();
    long room = config.windowRows() - inFlight.costOut();
    if (room <= 0) {
      inFlight.awaitBelow(config.windowRows(), 50);
      return slices;
    }
    RowCosts costs = throughput.costs();
    while (slices.size() < config.slicesPerRound() && room > 0 && !stopping) {
      Optional<OpenJob> turn = turns.next();
      if (turn.isEmpty()) {
        break;
      }
      OpenJob job = turn.get();
      try {
        SentSlice slice = job.read(costs, Math.min(room, config.sliceRows()));
        room -= slice.cost();
        slices.add(slice);
      } catch (IOException e) {
        LOG.errorf(e, "a spool can't be read, jobId=%s", job.key().jobId());
        drop(job);
      }
      turns.removeIf(each -> !each.hasMore());
    }
    return slices;
  }

  private Set<UUID> store(List<OpenJob> changed) throws SQLException {
    Map<OpenJob, Checkpoint> positions = new LinkedHashMap<>();
    changed.forEach(job -> positions.put(job, job.position()));
    List<JobKey> toReport =
        changed.stream()
            .filter(job -> job.reportIfDue(clock.instant(), config.reportEvery()))
            .map(OpenJob::key)
            .toList();
    Set<UUID> held =
        checkpoints.intend(List.copyOf(positions.values()), toReport, config.lease().toMillis());
    positions.forEach(
        (job, position) -> {
          if (held.contains(position.job().jobId())) {
            job.stored(position);
          } else {
            LOG.infof("lost the lease of job %s", position.job().jobId());
            drop(job);
          }
        });
    toReport.stream()
        .filter(job -> held.contains(job.jobId()))
        .forEach(job -> owedEvents.tellSoon(job.tenant(), job.jobId()));
    return held;
  }

  private void closeWhatIsOver() {
    for (OpenJob job : List.copyOf(open.values())) {
      if (job.isBroken()) {
        LOG.warnf("rows of job %s were not acknowledged: sending again", job.key().jobId());
        giveBack(job);
        drop(job);
      } else if (job.isDone()) {
        giveBack(job);
        drop(job);
      }
    }
  }

  private void lookForWork() throws SQLException {
    boolean asked;
    synchronized (wake) {
      asked = awake;
      awake = false;
    }
    long now = System.nanoTime();
    if (!asked && now - lookedForWorkNanos < TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS)) {
      return;
    }
    lookedForWorkNanos = now;
    int places = config.openJobs() - open.size();
    if (places <= 0) {
      return;
    }
    List<JobKey> found = checkpoints.findWork(config.openJobsPerTenant(), places);
    Map<String, Integer> openOf = new HashMap<>();
    open.values().forEach(job -> openOf.merge(job.key().tenant(), 1, Integer::sum));
    List<JobKey> wanted =
        found.stream()
            .filter(
                job -> openOf.merge(job.tenant(), 1, Integer::sum) <= config.openJobsPerTenant())
            .toList();
    if (wanted.isEmpty()) {
      return;
    }
    for (Checkpoint claimed : checkpoints.claim(wanted, owner, config.lease().toMillis())) {
      try {
        OpenJob job = opening.open(claimed);
        open.put(claimed.job().jobId(), job);
        turns.add(claimed.job().tenant(), job, claimed.single());
      } catch (IOException | RuntimeException e) {
        // Its lease runs out, then it is tried again; the others go on meanwhile.
        LOG.errorf(e, "a spool can't be opened, jobId=%s", claimed.job().jobId());
      }
    }
  }

  private long renewedNanos = System.nanoTime();

  private boolean leasesAreHalfOver() {
    if (System.nanoTime() - renewedNanos < config.lease().toNanos() / 3) {
      return false;
    }
    renewedNanos = System.nanoTime();
    return true;
  }

  private void drop(OpenJob job) {
    open.remove(job.key().jobId());
    turns.removeIf(each -> each == job);
    close(job);
  }

  private void giveBack(OpenJob job) {
    try {
      checkpoints.release(job.key(), job.epoch());
    } catch (SQLException | RuntimeException e) {
      LOG.debugf("the lease of job %s runs out by itself", job.key().jobId());
    }
  }

  private void close(OpenJob job) {
    try {
      job.close();
    } catch (IOException e) {
      LOG.warnf("can't close the spool of job %s", job.key().jobId());
    }
  }

  private void idle() throws InterruptedException {
    synchronized (wake) {
      if (!awake && !stopping) {
        wake.wait(open.isEmpty() ? IDLE_MILLIS : 5);
      }
    }
  }

  private void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static java.util.concurrent.ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
