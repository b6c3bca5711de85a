package io.muster.license.check;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Proves again and again, while the service works, that every subscription's sum equals the number
 * of its assignments. The gauge {@code muster.seats.mismatches} counts those where it doesn't: 0 is
 * healthy, NaN means that the last look failed or none was taken yet.
 */
@ApplicationScoped
public class ComparingSums {
  private static final Logger LOG = Logger.getLogger(ComparingSums.class);

  /** After a look the next one waits for so many times as long: reading all costs 5 % at most. */
  private static final int REST = 20;

  /** More of them say nothing more. */
  private static final int MOST_TOLD = 10;

  /** One statement, so one snapshot: batches that commit meanwhile count on both sides or none. */
  private static final String COMPARE =
      """
      SELECT s.tenant_id, s.sku, s.assigned_seats, coalesce(a.held, 0)
      FROM subscription s
      LEFT JOIN (SELECT tenant_id, sku, count(*) AS held
                 FROM license_assignment GROUP BY tenant_id, sku) AS a
        ON a.tenant_id = s.tenant_id AND a.sku = s.sku
      WHERE s.assigned_seats <> coalesce(a.held, 0)
      """;

  private final AgroalDataSource finder;
  private final Clock clock;
  private volatile double mismatches = Double.NaN;
  private Instant restsUntil = Instant.MIN;

  @Inject
  ComparingSums(@DataSource("finder") AgroalDataSource finder, MeterRegistry metrics) {
    this(finder, metrics, Clock.systemUTC());
  }

  ComparingSums(AgroalDataSource finder, MeterRegistry metrics, Clock clock) {
    this.finder = finder;
    this.clock = clock;
    Gauge.builder("muster.seats.mismatches", () -> mismatches)
        .description("Subscriptions whose assigned seats aren't the number of their assignments")
        .register(metrics);
  }

  @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void compareUnlessResting() {
    Instant begun = clock.instant();
    if (begun.isBefore(restsUntil)) {
      return;
    }
    compare();
    Instant ended = clock.instant();
    restsUntil = ended.plus(Duration.between(begun, ended).multipliedBy(REST));
  }

  /** Looks once, at all tenants. */
  void compare() {
    int found = 0;
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(COMPARE);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (found++ < MOST_TOLD) {
          LOG.errorf(
              "seats don't add up: tenant=%s sku=%s assigned=%d assignments=%d",
              rows.getString(1), rows.getString(2), rows.getInt(3), rows.getLong(4));
        }
      }
      if (found > 0) {
        LOG.errorf("seats don't add up in %d subscriptions", found);
      }
      mismatches = found;
    } catch (SQLException e) {
      mismatches = Double.NaN;
      LOG.warnf("seats can't be checked just now, SQLSTATE %s", e.getSQLState());
    }
  }
}
