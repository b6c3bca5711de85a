package io.muster.bulkingest.closing;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.tenancy.TenantScope;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Closes jobs whose time has passed, a portion with one statement: every single call leaves one,
 * too. Their events are owed from then on, their spools go after the commit. Any number of
 * instances may do it at once.
 */
@ApplicationScoped
public class ClosingWhatIsDue {
  private static final Logger LOG = Logger.getLogger(ClosingWhatIsDue.class);
  private static final int PORTION = 500;

  private static final String FIND =
      """
      SELECT tenant_id, id FROM job WHERE closes_at < now() AND closed_at IS NULL
      ORDER BY closes_at LIMIT ?
      """;

  /** One that is just becoming a parent, or is closed by somebody else, is passed over. */
  private static final String CLOSE =
      """
      WITH due AS (
          SELECT j.tenant_id, j.id FROM job j
          JOIN unnest(?::text[], ?::uuid[]) AS k (tenant_id, id)
            ON j.tenant_id = k.tenant_id AND j.id = k.id
          WHERE j.closes_at < now() AND j.closed_at IS NULL
          ORDER BY j.tenant_id, j.id
          FOR UPDATE OF j SKIP LOCKED)
      UPDATE job j SET closed_at = ?, sealed_row = NULL, version = j.version + 1
      FROM due WHERE j.tenant_id = due.tenant_id AND j.id = due.id
      RETURNING j.id
      """;

  private final AgroalDataSource finder;
  private final AgroalDataSource dataSource;
  private final TenantScope tenants;
  private final DiscardingSpools spools;
  private final Clock clock;

  ClosingWhatIsDue(
      @DataSource("finder") AgroalDataSource finder,
      AgroalDataSource dataSource,
      TenantScope tenants,
      DiscardingSpools spools,
      Clock clock) {
    this.finder = finder;
    this.dataSource = dataSource;
    this.tenants = tenants;
    this.spools = spools;
    this.clock = clock;
  }

  private record Due(String tenant, UUID id) {}

  @Scheduled(
      every = "${muster.closing.close-every:1m}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      List<Due> due;
      List<UUID> closed;
      do {
        due = find();
        closed = due.isEmpty() ? List.of() : close(due);
        closed.forEach(spools::discard);
      } while (due.size() == PORTION && !closed.isEmpty());
    } catch (SQLException | RuntimeException e) {
      LOG.warn("jobs whose time has passed are closed at the next look", e);
    }
  }

  private List<Due> find() throws SQLException {
    List<Due> found = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setInt(1, PORTION);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          found.add(new Due(rows.getString(1), rows.getObject(2, UUID.class)));
        }
      }
    }
    return found;
  }

  private List<UUID> close(List<Due> due) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(due.stream().map(Due::tenant).collect(Collectors.toSet()));
              List<UUID> closed = new ArrayList<>();
              try (Connection connection = dataSource.getConnection();
                  PreparedStatement close = connection.prepareStatement(CLOSE)) {
                new ColumnArrays<>(close, due, 1).add("text", Due::tenant).add("uuid", Due::id);
                close.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
                try (ResultSet rows = close.executeQuery()) {
                  while (rows.next()) {
                    closed.add(rows.getObject(1, UUID.class));
                  }
                }
              }
              return closed;
            });
  }
}
