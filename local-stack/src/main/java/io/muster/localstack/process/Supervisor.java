package io.muster.localstack.process;

import io.muster.localstack.home.StackFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Keeps parts running: one that dies is started again on the same port, with growing pauses when it
 * dies again and again. Thread-safe.
 */
public final class Supervisor {
  /** One that lived this long was well; its next death is a new story. */
  private static final long WELL_NANOS = TimeUnit.SECONDS.toNanos(20);

  private static final long LONGEST_PAUSE_SECONDS = 15;
  private static final int DEATHS_BEFORE_GIVING_UP_AT_START = 4;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Consumer<String> tell;
  private final Consumer<Supervisor> changed;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "supervisor"));
  private final Map<String, Supervised> supervised = new LinkedHashMap<>();
  private boolean stopping;
  private boolean ready;

  /**
   * @param tell gets a line for people at every death
   * @param changed called after every start, restart, death and change of readiness, under the lock
   */
  public Supervisor(Consumer<String> tell, Consumer<Supervisor> changed) {
    this.tell = tell;
    this.changed = changed;
  }

  /**
   * A part and its process.
   *
   * @param deaths in a row, each within moments of its start
   */
  public record Supervised(Part part, Process process, long startedNanos, int deaths) {}

  /** All that were started, in that order, living or waiting for their restart. */
  public synchronized List<Supervised> parts() {
    return new ArrayList<>(supervised.values());
  }

  /** Whether all parts did their work when they were last looked at. */
  public synchronized boolean isReady() {
    return ready;
  }

  /** Starts a part and keeps it running from now on. */
  public synchronized void start(Part part) {
    launch(part, 0);
  }

  private void launch(Part part, int deaths) {
    if (stopping) {
      throw new StackFailure("The local stack is being stopped.");
    }
    Process process = part.start();
    supervised.put(part.name(), new Supervised(part, process, System.nanoTime(), deaths));
    ready = false;
    sayChanged();
    var unused = process.onExit().thenAccept(ended -> died(part.name(), ended));
  }

  private synchronized void died(String name, Process ended) {
    Supervised was = supervised.get(name);
    if (stopping || was == null || was.process() != ended) {
      return;
    }
    boolean wasWell = System.nanoTime() - was.startedNanos() > WELL_NANOS;
    int deaths = wasWell ? 1 : was.deaths() + 1;
    long pause = deaths == 1 ? 0 : Math.min(1L << (deaths - 2), LONGEST_PAUSE_SECONDS);
    supervised.put(name, new Supervised(was.part(), ended, was.startedNanos(), deaths));
    ready = false;
    tell.accept(
        name
            + " died ("
            + cause(ended.exitValue())
            + "), restarting"
            + (pause == 0 ? "" : " in " + pause + " s; see " + was.part().log()));
    sayChanged();
    later(() -> restart(name, deaths), Duration.ofSeconds(pause));
  }

  private synchronized void restart(String name, int deaths) {
    if (stopping) {
      return;
    }
    Part part = supervised.get(name).part();
    try {
      launch(part, deaths);
      later(this::lookForReadiness, LOOK_AGAIN);
    } catch (RuntimeException e) {
      tell.accept(name + " could not be started: " + e.getMessage());
      later(() -> restart(name, deaths + 1), Duration.ofSeconds(LONGEST_PAUSE_SECONDS));
    }
  }

  private static String cause(int exitValue) {
    return exitValue > 128 ? "signal " + (exitValue - 128) : "exit code " + exitValue;
  }

  /**
   * Waits until every part works.
   *
   * @throws StackFailure when one dies again and again, or not all work after {@code patience}
   */
  public void awaitReady(Duration patience) throws InterruptedException {
    await(one -> true, patience);
    setReady();
  }

  /** The same for one part only. */
  public void awaitPart(String name, Duration patience) throws InterruptedException {
    await(one -> one.part().name().equals(name), patience);
  }

  private void await(Predicate<Supervised> which, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Set<Process> seenReady = new HashSet<>();
    while (true) {
      List<Supervised> missing = parts();
      missing.removeIf(one -> !which.test(one) || seenReady.contains(one.process()));
      missing.removeIf(one -> isReady(one) && seenReady.add(one.process()));
      if (missing.isEmpty()) {
        return;
      }
      for (Supervised one : parts()) {
        if (one.deaths() >= DEATHS_BEFORE_GIVING_UP_AT_START) {
          throw new StackFailure(
              one.part().name() + " does not start; its log says why: " + one.part().log());
        }
      }
      if (isStopping()) {
        throw new StackFailure("The local stack was stopped while it started.");
      }
      if (System.nanoTime() > deadline) {
        throw new StackFailure(
            "Not ready after "
                + patience.toSeconds()
                + " s: "
                + missing.stream()
                    .map(one -> one.part().name() + ", see " + one.part().log())
                    .collect(Collectors.joining("; ")));
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
  }

  private static boolean isReady(Supervised one) {
    return one.process().isAlive() && one.part().isReady(one.process().toHandle());
  }

  private void lookForReadiness() {
    if (isStopping() || isReady()) {
      return;
    }
    if (parts().stream().allMatch(Supervisor::isReady)) {
      setReady();
    } else {
      later(this::lookForReadiness, LOOK_AGAIN);
    }
  }

  private synchronized void setReady() {
    if (!stopping && !ready) {
      ready = true;
      sayChanged();
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** From now on nothing is started any more; whatever dies stays dead. */
  public synchronized void noMoreStarts() {
    stopping = true;
    scheduler.shutdownNow();
  }

  private synchronized void later(Runnable task, Duration pause) {
    if (!stopping) {
      var unused = scheduler.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Whoever wants to know can't keep us from restarting. */
  private void sayChanged() {
    try {
      changed.accept(this);
    } catch (RuntimeException e) {
      tell.accept("The stack's state could not be written: " + e.getMessage());
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
