package io.muster.user.behind;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Does behind the jobs what follows from their changes. Each batch has written down that it is to
 * be followed up, in its own transaction; a portion of such notes is done and forgotten in one: the
 * audit's index of users is filled, and the accounts are noted for {@link RefreshingSearch}.
 * Tenants take turns. Any number of instances may do it at once, one of them for a tenant. What a
 * running job has changed waits and is followed a little at a time, so that the job has the
 * machine.
 */
@ApplicationScoped
public class FollowingUp {
  private static final Logger LOG = Logger.getLogger(FollowingUp.class);

  private static final String ANY_LEFT =
      """
      SELECT FROM follow_up
      WHERE tenant_id = ? AND (jobs = '{}' OR NOT jobs <@ ?::uuid[]) LIMIT 1
      """;

  /** While another instance does it. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  /** A batch with rows of several jobs waits only if all of them run. */
  private static final String TAKE =
      """
      DELETE FROM follow_up f
      USING (SELECT n.batch_id, sum(n.row_count) OVER (ORDER BY n.batch_id) - n.row_count AS before
             FROM (SELECT batch_id, row_count FROM follow_up
                   WHERE tenant_id = ? AND (jobs = '{}' OR NOT jobs <@ ?::uuid[])
                   ORDER BY batch_id LIMIT 1000) AS n) AS oldest
      WHERE f.tenant_id = ? AND f.batch_id = oldest.batch_id AND oldest.before < ?
      RETURNING f.batch_id, f.jobs, f.accounts, f.row_count
      """;

  private final LookingAtTheBacklog looking;
  private final TenantTurn turn;
  private final ChangesByUser changes;
  private final SearchDueTable searchDue;
  private final FollowedLately followed;
  private final BehindConfig config;
  private final Clock clock = Clock.systemUTC();
  private final Pace pace;
  private volatile boolean stopping;

  FollowingUp(
      LookingAtTheBacklog looking,
      TenantTurn turn,
      ChangesByUser changes,
      SearchDueTable searchDue,
      FollowedLately followed,
      BehindConfig config) {
    this.looking = looking;
    this.turn = turn;
    this.changes = changes;
    this.searchDue = searchDue;
    this.followed = followed;
    this.config = config;
    this.pace = new Pace(config.shareWhileJobsRun());
  }

  /** What batches left to be done, those of several jobs once for each. */
  private record Notes(List<UUID> batches, List<UUID> jobs, Set<UUID> accounts) {
    Notes() {
      this(new ArrayList<>(), new ArrayList<>(), new LinkedHashSet<>());
    }
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
        for (String tenant : backlog.tenants()) {
          more |= !stopping && followUp(tenant, backlog.running(), false);
        }
        if (!more && backlog.jobsRun() && backlog.searchDue().isEmpty()) {
          doALittle(backlog);
        }
      }
    } catch (SQLException | RuntimeException e) {
      if (!stopping) {
        LOG.warn("what follows from changes waits for the next look", e);
      }
    }
  }

  /** Of what can wait, a portion for each tenant. */
  private void doALittle(Backlog backlog) {
    for (String tenant : backlog.tenants()) {
      if (!stopping && !pace.rests()) {
        long start = System.nanoTime();
        followUp(tenant, Set.of(), true);
        pace.worked(System.nanoTime() - start);
      }
    }
  }

  /**
   * Follows up what one tenant's changes have left so far, those of running jobs left alone, as far
   * as the time allows: who has just changed a user may ask for it. Not in a transaction.
   */
  public void catchUp(String tenant, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    Set<UUID> running = running();
    while (!stopping
        && System.nanoTime() < end
        && (followUp(tenant, running, false) || anyIsLeft(tenant, running))) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private Set<UUID> running() {
    try {
      return looking.look().running();
    } catch (SQLException e) {
      throw new IllegalStateException("what waits can't be seen", e);
    }
  }

  private boolean anyIsLeft(String tenant, Set<UUID> running) {
    return turn.inTransaction(
        tenant,
        connection -> {
          try (PreparedStatement find = connection.prepareStatement(ANY_LEFT)) {
            find.setString(1, tenant);
            find.setArray(2, connection.createArrayOf("uuid", running.toArray()));
            try (ResultSet left = find.executeQuery()) {
              return left.next();
            }
          }
        });
  }

  /**
   * @param passedOver jobs whose notes are left alone
   * @param canWait whether the search of what is done here can
   * @return false when there was nothing to do, or another instance does it
   */
  private boolean followUp(String tenant, Set<UUID> passedOver, boolean canWait) {
    return turn.take(
        "follow_up",
        tenant,
        connection -> {
          Notes notes = take(connection, tenant, passedOver);
          if (notes.batches().isEmpty() && notes.accounts().isEmpty()) {
            return false;
          }
          notes.accounts().addAll(changes.index(connection, tenant, notes.batches(), notes.jobs()));
          searchDue.note(connection, tenant, notes.accounts(), canWait);
          return true;
        });
  }

  private Notes take(Connection connection, String tenant, Set<UUID> passedOver)
      throws SQLException {
    Notes notes = new Notes();
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setString(1, tenant);
      take.setArray(2, connection.createArrayOf("uuid", passedOver.toArray()));
      take.setString(3, tenant);
      take.setInt(4, config.rowsAtOnce());
      try (ResultSet rows = take.executeQuery()) {
        while (rows.next()) {
          UUID batch = rows.getObject(1, UUID.class);
          for (UUID job : (UUID[]) rows.getArray(2).getArray()) {
            notes.batches().add(batch);
            notes.jobs().add(job);
            followed.followed(
                job, rows.getLong(4), LookingAtTheBacklog.madeAt(batch), clock.instant());
          }
          if (rows.getArray(3) != null) {
            notes.accounts().addAll(List.of((UUID[]) rows.getArray(3).getArray()));
          }
        }
      }
    }
    return notes;
  }
}
