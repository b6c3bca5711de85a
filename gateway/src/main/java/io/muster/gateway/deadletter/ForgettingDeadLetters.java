package io.muster.gateway.deadletter;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.topic.Topics;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Forgets letters when their topics do. Any number of instances may do it at once. */
@ApplicationScoped
class ForgettingDeadLetters {
  private static final Logger LOG = Logger.getLogger(ForgettingDeadLetters.class);

  private static final String TENANTS =
      "SELECT DISTINCT tenant_id FROM dead_letter WHERE put_at < ?";
  private static final String FORGET = "DELETE FROM dead_letter WHERE put_at < ?";

  private final AgroalDataSource finder;
  private final AgroalDataSource dataSource;
  private final TenantScope tenants;
  private final Clock clock;

  ForgettingDeadLetters(
      @DataSource("finder") AgroalDataSource finder,
      AgroalDataSource dataSource,
      TenantScope tenants,
      Clock clock) {
    this.finder = finder;
    this.dataSource = dataSource;
    this.tenants = tenants;
    this.clock = clock;
  }

  @Scheduled(every = "1h", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    OffsetDateTime before =
        OffsetDateTime.ofInstant(
            clock.instant().minus(Topics.deadLetters().longestLife()), ZoneOffset.UTC);
    try {
      int forgotten = forget(before);
      if (forgotten > 0) {
        LOG.infof("dead letters forgotten: %d", forgotten);
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warnf(
          "old dead letters are forgotten at the next look: %s", e.getClass().getSimpleName());
    }
  }

  /**
   * @return how many
   */
  int forget(OffsetDateTime before) throws SQLException {
    List<String> whose = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(TENANTS)) {
      find.setObject(1, before);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          whose.add(rows.getString(1));
        }
      }
    }
    return whose.isEmpty() ? 0 : forget(whose, before);
  }

  private int forget(List<String> whose, OffsetDateTime before) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(whose);
              try (Connection connection = dataSource.getConnection();
                  PreparedStatement forget = connection.prepareStatement(FORGET)) {
                forget.setObject(1, before);
                return forget.executeUpdate();
              }
            });
  }
}
