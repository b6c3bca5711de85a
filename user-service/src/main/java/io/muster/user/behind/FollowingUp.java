package io.muster.user.behind;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.tenancy.TenantScope;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Does behind the jobs what follows from their changes: the search table, and the audit's index of
 * users. Each batch has written down that it is to be followed up, in its own transaction; a
 * portion of such notes is done and forgotten in one. Tenants take turns. Any number of instances
 * may do it at once, one of them for a tenant: two could write what the older saw over what the
 * newer saw.
 */
@ApplicationScoped
public class FollowingUp {
  private static final Logger LOG = Logger.getLogger(FollowingUp.class);

  private static final String TENANTS =
      "SELECT DISTINCT tenant_id FROM follow_up ORDER BY tenant_id";

  private static final String ANY_LEFT = "SELECT FROM follow_up WHERE tenant_id = ? LIMIT 1";

  /** While another instance does it. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  /** About as many rows as two full batches have: a fraction of a second. */
  private static final int ROWS_AT_ONCE = 4_000;

  private static final String TAKE =
      """
      DELETE FROM follow_up f
      USING (SELECT n.batch_id, sum(n.row_count) OVER (ORDER BY n.batch_id) - n.row_count AS before
             FROM (SELECT batch_id, row_count FROM follow_up
                   WHERE tenant_id = ? ORDER BY batch_id LIMIT 1000) AS n) AS oldest
      WHERE f.tenant_id = ? AND f.batch_id = oldest.batch_id AND oldest.before < ?
      RETURNING f.batch_id, f.jobs, f.accounts
      """;

  private final AgroalDataSource finder;
  private final javax.sql.DataSource work;
  private final TenantScope tenants;
  private final ChangesByUser changes;
  private final SearchTable search;
  private volatile boolean stopping;

  FollowingUp(
      @DataSource("finder") AgroalDataSource finder,
      javax.sql.DataSource work,
      TenantScope tenants,
      ChangesByUser changes,
      SearchTable search) {
    this.finder = finder;
    this.work = work;
    this.tenants = tenants;
    this.changes = changes;
    this.search = search;
  }

  /** What a batch left to be done, without the batches of a job apart. */
  private record Notes(List<UUID> batches, List<UUID> jobs, List<UUID> accounts) {
    Notes() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  void onStop(@Observes ShutdownEvent stop) {
    stopping = true;
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      boolean any = false;
      boolean more = true;
      while (more && !stopping) {
        more = false;
        for (String tenant : tenantsWithNotes()) {
          more |= !stopping && followUp(tenant);
        }
        any |= more;
      }
      if (any && !stopping) {
        settle();
      }
    } catch (SQLException | RuntimeException e) {
      if (!stopping) {
        LOG.warn("what follows from changes waits for the next look", e);
      }
    }
  }

  /**
   * Follows up what one tenant's changes have left so far, as far as the time allows: who has just
   * changed a user may ask for it. Not in a transaction.
   */
  public void catchUp(String tenant, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!stopping && System.nanoTime() < end && (followUp(tenant) || anyIsLeft(tenant))) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private boolean anyIsLeft(String tenant) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(tenant);
              try (Connection connection = work.getConnection();
                  PreparedStatement find = connection.prepareStatement(ANY_LEFT)) {
                find.setString(1, tenant);
                try (ResultSet left = find.executeQuery()) {
                  return left.next();
                }
              }
            });
  }

  private void settle() throws SQLException {
    try (Connection connection = work.getConnection();
        PreparedStatement settle = connection.prepareStatement("SELECT settle_search()")) {
      settle.execute();
    }
  }

  private List<String> tenantsWithNotes() throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(TENANTS);
        ResultSet rows = find.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  /**
   * @return false when there was nothing to do, or another instance does it
   */
  private boolean followUp(String tenant) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(tenant);
              try (Connection connection = work.getConnection()) {
                if (!isOurs(connection, tenant)) {
                  return false;
                }
                Notes notes = take(connection, tenant);
                if (notes.batches().isEmpty() && notes.accounts().isEmpty()) {
                  return false;
                }
                List<UUID> changed =
                    changes.index(connection, tenant, notes.batches(), notes.jobs());
                changed.addAll(notes.accounts());
                search.refresh(connection, tenant, changed);
                return true;
              }
            });
  }

  private static boolean isOurs(Connection connection, String tenant) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT pg_try_advisory_xact_lock(hashtextextended('follow_up/' || ?, 0))")) {
      lock.setString(1, tenant);
      try (ResultSet locked = lock.executeQuery()) {
        return locked.next() && locked.getBoolean(1);
      }
    }
  }

  private static Notes take(Connection connection, String tenant) throws SQLException {
    Notes notes = new Notes();
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setString(1, tenant);
      take.setString(2, tenant);
      take.setInt(3, ROWS_AT_ONCE);
      try (ResultSet rows = take.executeQuery()) {
        while (rows.next()) {
          for (UUID job : (UUID[]) rows.getArray(2).getArray()) {
            notes.batches().add(rows.getObject(1, UUID.class));
            notes.jobs().add(job);
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
