package io.muster.bulkingest.hr.order;

import io.agroal.api.AgroalDataSource;
import io.muster.bulkingest.stream.AppendingRows;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Finds tenants of whose feed something can go on that nobody will call for: a day has come, a feed
 * was released, a portion of what waited was left.
 */
@ApplicationScoped
public class SweepingHr {
  private static final Logger LOG = Logger.getLogger(SweepingHr.class);

  private static final String FIND =
      """
      SELECT s.tenant_id FROM hr_scheduled s WHERE s.due <= ?::timestamptz
        AND NOT EXISTS (SELECT FROM hr_feed f WHERE f.tenant_id = s.tenant_id AND f.paused_at IS NOT NULL)
      UNION
      SELECT e.tenant_id FROM hr_event e WHERE e.disposition = 'WAITING' AND e.reason <> 'DATE'
        AND NOT EXISTS (SELECT FROM hr_feed f WHERE f.tenant_id = e.tenant_id AND f.paused_at IS NOT NULL)
        AND NOT EXISTS (
          SELECT FROM hr_person p
          WHERE p.tenant_id = e.tenant_id AND p.employee_id = e.employee_id AND p.state = 'HIRING')
      """;

  private final AgroalDataSource finder;
  private final TenantScope tenants;
  private final DoingWhatWaits waiting;
  private final AppendingRows appending;
  private final Clock clock;

  SweepingHr(
      @DataSource("finder") AgroalDataSource finder,
      TenantScope tenants,
      DoingWhatWaits waiting,
      AppendingRows appending,
      Clock clock) {
    this.finder = finder;
    this.tenants = tenants;
    this.waiting = waiting;
    this.appending = appending;
    this.clock = clock;
  }

  @Scheduled(
      every = "${muster.hr.sweep-every:1s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      for (String tenant : find(clock.instant())) {
        goOn(tenant);
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("HR's feeds wait for the next sweep", e);
    }
  }

  private List<String> find(Instant now) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, now.toString());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  private void goOn(String tenant) {
    Set<UUID> jobs =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  tenants.enter(tenant);
                  Set<UUID> touched = new HashSet<>(waiting.scheduled(tenant));
                  touched.addAll(waiting.events(tenant));
                  return touched;
                });
    jobs.forEach(job -> appending.tell(tenant, job));
  }
}
