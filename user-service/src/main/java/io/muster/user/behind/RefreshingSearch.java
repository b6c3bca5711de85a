package io.muster.user.behind;

import io.muster.user.behind.Backlog.SearchDue;
import io.muster.user.search.SearchTable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Brings the search table up to date with the accounts that {@link FollowingUp} has noted, which
 * goes on meanwhile: the two have a core each when no job needs it. Any number of instances may do
 * it at once, one of them for a tenant.
 */
@ApplicationScoped
class RefreshingSearch {
  private static final Logger LOG = Logger.getLogger(RefreshingSearch.class);

  private final LookingAtTheBacklog looking;
  private final TenantTurn turn;
  private final SearchDueTable searchDue;
  private final SearchTable search;
  private final BehindConfig config;
  private final RateWhenQuiet rate;
  private final Pace pace;
  private volatile boolean stopping;

  RefreshingSearch(
      LookingAtTheBacklog looking,
      TenantTurn turn,
      SearchDueTable searchDue,
      SearchTable search,
      RateWhenQuiet rate,
      BehindConfig config) {
    this.looking = looking;
    this.turn = turn;
    this.searchDue = searchDue;
    this.search = search;
    this.rate = rate;
    this.config = config;
    this.pace = new Pace(config.shareWhileJobsRun());
  }

  void onStop(@Observes ShutdownEvent stop) {
    stopping = true;
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      boolean more = true;
      while (more && !stopping) {
        more = false;
        Backlog backlog = looking.look();
        for (SearchDue due : backlog.searchDue()) {
          more |= !stopping && refresh(due, backlog);
        }
      }
    } catch (SQLException | RuntimeException e) {
      if (!stopping) {
        LOG.warn("the search table waits for the next look", e);
      }
    }
  }

  private boolean refresh(SearchDue due, Backlog backlog) {
    long start = System.nanoTime();
    if (!due.canWait() || !backlog.jobsRun()) {
      int filled = refresh(due.tenant(), !backlog.jobsRun());
      if (backlog.quiet()) {
        rate.filled(filled, Duration.ofNanos(System.nanoTime() - start));
      }
      return filled > 0;
    }
    if (!pace.rests()) {
      int unused = refresh(due.tenant(), true);
      pace.worked(System.nanoTime() - start);
    }
    return false;
  }

  /**
   * @param all also what can wait
   * @return how many accounts; none when there was nothing to do, or another instance does it
   */
  private int refresh(String tenant, boolean all) {
    AtomicInteger filled = new AtomicInteger();
    boolean unused =
        turn.take(
            "search_due",
            tenant,
            connection -> {
              Set<UUID> accounts = searchDue.take(connection, tenant, all, config.rowsAtOnce());
              if (accounts.isEmpty()) {
                return false;
              }
              search.refresh(connection, tenant, accounts);
              filled.set(accounts.size());
              return true;
            });
    return filled.get();
  }
}
