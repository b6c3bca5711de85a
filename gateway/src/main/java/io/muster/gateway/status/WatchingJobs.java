package io.muster.gateway.status;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells watchers how their jobs move, four times a second at most. One thread looks at all watched
 * jobs together; a slow watcher misses what is in between and gets the newest. Works with several
 * copies of the gateway, since it looks into the database.
 */
@ApplicationScoped
public class WatchingJobs {
  private static final Logger LOG = Logger.getLogger(WatchingJobs.class);
  private static final long EVERY_MILLIS = 250;
  private static final int JOBS_PER_LOOK = 500;

  /** Shorter than the idle time-outs of common proxies, 30 s and more. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final FindingJobs finding;
  private final Clock clock;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "watching-jobs");
            thread.setDaemon(true);
            return thread;
          });

  WatchingJobs(FindingJobs finding, Clock clock) {
    this.finding = finding;
    this.clock = clock;
  }

  /**
   * What happens to a watched job.
   *
   * @param view null: nothing, the connection is only kept open
   */
  record Sighting(JobView view) {
    static final Sighting NOTHING_NEW = new Sighting(null);
  }

  /**
   * The job as it is now, then each time it moved, until it is final.
   *
   * @param until when the watcher's right to see it ends
   */
  Multi<Sighting> watch(JobView now, Instant until) {
    if (now.job().state().isFinal()) {
      return Multi.createFrom().item(new Sighting(now));
    }
    return Multi.createFrom()
        .emitter(
            emitter -> {
              Watcher watcher = new Watcher(now, until, emitter, clock.instant());
              emitter.onTermination(() -> watchers.remove(watcher));
              emitter.emit(new Sighting(now));
              watchers.add(watcher);
              if (emitter.isCancelled()) {
                watchers.remove(watcher);
              }
            },
            BackPressureStrategy.LATEST);
  }

  /** How many connections watch just now. */
  int watching() {
    return watchers.size();
  }

  void start(@Observes StartupEvent event) {
    var unused =
        looking.scheduleWithFixedDelay(
            this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    looking.shutdownNow();
    watchers.forEach(watcher -> watcher.emitter.complete());
  }

  private void look() {
    try {
      List<Watcher> all = List.copyOf(watchers);
      for (int from = 0; from < all.size(); from += JOBS_PER_LOOK) {
        tell(all.subList(from, Math.min(from + JOBS_PER_LOOK, all.size())));
      }
    } catch (RuntimeException e) {
      // The database is away: watchers stay, and hear of it when it is back.
      LOG.debugf("can't look at watched jobs: %s", e.getClass().getSimpleName());
    }
  }

  private void tell(List<Watcher> some) {
    Map<UUID, JobView> views = new HashMap<>();
    List<UUID> jobs = some.stream().map(watcher -> watcher.jobId).distinct().toList();
    List<String> tenants = some.stream().map(watcher -> watcher.tenant).distinct().toList();
    for (JobView view : finding.look(tenants, new ArrayList<>(jobs))) {
      views.put(view.job().id(), view);
    }
    Instant now = clock.instant();
    for (Watcher watcher : some) {
      watcher.tell(views.get(watcher.jobId), now);
    }
  }

  /** One connection. All but the emitter is used by the looking thread only. */
  private static final class Watcher {
    private final UUID jobId;
    private final String tenant;
    private final boolean people;
    private final Instant until;
    private final MultiEmitter<? super Sighting> emitter;
    private long revision;
    private Instant toldAt;

    private Watcher(
        JobView first, Instant until, MultiEmitter<? super Sighting> emitter, Instant now) {
      this.jobId = first.job().id();
      this.tenant = first.job().tenant();
      this.people = first.people();
      this.until = until;
      this.emitter = emitter;
      this.revision = first.revision();
      this.toldAt = now;
    }

    private void tell(JobView view, Instant now) {
      if (view != null && view.revision() != revision) {
        revision = view.revision();
        toldAt = now;
        emitter.emit(new Sighting(view.forViewer(people)));
        if (view.job().state().isFinal()) {
          emitter.complete();
        }
      } else if (!now.isBefore(until)) {
        emitter.complete();
      } else if (toldAt.plus(HEARTBEAT).isBefore(now) && emitter.requested() > 0) {
        // Only when nothing waits to be sent: the newest replaces what waits.
        toldAt = now;
        emitter.emit(Sighting.NOTHING_NEW);
      }
    }
  }
}
