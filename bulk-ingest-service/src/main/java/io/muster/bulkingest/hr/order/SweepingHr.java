package io.muster.bulkingest.hr.order;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  private final DoingWhatWaits waiting;
  private final Clock clock;

  SweepingHr(@DataSource("finder") AgroalDataSource finder, DoingWhatWaits waiting, Clock clock) {
    this.finder = finder;
    this.waiting = waiting;
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

  /** A tenant about whom user-service can't be asked is in nobody else's way. */
  private void goOn(String tenant) {
    try {
      waiting.goOn(tenant);
    } catch (RuntimeException e) {
      LOG.warnf(e, "a feed of HR waits for the next sweep, tenant=%s", tenant);
    }
  }
}
