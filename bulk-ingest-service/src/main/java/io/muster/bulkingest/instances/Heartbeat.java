package io.muster.bulkingest.instances;

import io.muster.bulkingest.dispatch.DispatchState;
import io.muster.bulkingest.instances.Dispatchers.Living;
import io.muster.bulkingest.spool.UploadStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells the other instances that this one lives, and learns who else does. Whoever works with
 * another upload store than the ones that live already refuses to start: it could not go on with
 * their jobs, nor they with its.
 */
@ApplicationScoped
public class Heartbeat {
  private static final Logger LOG = Logger.getLogger(Heartbeat.class);

  /** Before the dispatcher's. */
  private static final int PRIORITY = 15_000;

  private static final long MOMENT_MILLIS = 100;

  private final UUID me;
  private final InstanceConfig config;
  private final UploadStore store;
  private final Dispatchers dispatchers;
  private final ShareOfTheWindow share;
  private final DispatchState state;
  private volatile boolean stopped;

  Heartbeat(
      ThisInstance me,
      InstanceConfig config,
      UploadStore store,
      Dispatchers dispatchers,
      ShareOfTheWindow share,
      DispatchState state) {
    this.state = state;
    this.me = me.id();
    this.config = config;
    this.store = store;
    this.dispatchers = dispatchers;
    this.share = share;
  }

  void onStart(@Observes @Priority(PRIORITY) StartupEvent started) throws SQLException {
    dispatchers.forgetDead();
    tell();
    long end = System.nanoTime() + config.silence().multipliedBy(2).toNanos();
    Optional<Living> stranger = stranger();
    while (stranger.isPresent() && System.nanoTime() < end) {
      // It may be one that was killed a moment ago, or ourselves before a move.
      pause();
      stranger = stranger();
    }
    if (stranger.isPresent()) {
      dispatchers.leave(me);
      throw new IllegalStateException(
          "the instance "
              + stranger.get().name()
              + " keeps its uploads where this one can't read them, so neither could go on with the"
              + " other's jobs: let all instances see one directory, name it in"
              + " muster.spool.directory and set muster.spool.shared=true for each of them");
    }
  }

  /** Of two that start at the same time the first one stays. */
  private Optional<Living> stranger() throws SQLException {
    List<Living> living = dispatchers.living(config.silence());
    share.learn(living, me);
    return living.stream()
        .takeWhile(each -> !each.id().equals(me))
        .filter(each -> !each.store().equals(store.id()))
        .findFirst();
  }

  @Scheduled(
      every = "${muster.instance.heartbeat:1s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void beat() {
    if (stopped) {
      return;
    }
    try {
      tell();
      share.learn(dispatchers.living(config.silence()), me);
    } catch (SQLException | RuntimeException e) {
      // The share stays as it is; whoever can't tell of itself is taken for dead by the others.
      LOG.debugf("no heartbeat: %s", e.getClass().getSimpleName());
    }
  }

  void onStop(@Observes ShutdownEvent stopping) {
    stopped = true;
    try {
      dispatchers.leave(me);
    } catch (SQLException | RuntimeException e) {
      LOG.debug("the others learn by silence that this instance has ended");
    }
  }

  private void tell() throws SQLException {
    dispatchers.beat(
        new Living(
            me,
            config.name(),
            store.id(),
            Instant.EPOCH,
            share.tenants(),
            state.heldJobs(),
            state.inFlightByJob()));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(MOMENT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while starting", e);
    }
  }
}
