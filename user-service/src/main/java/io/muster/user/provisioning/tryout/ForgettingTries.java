package io.muster.user.provisioning.tryout;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Drops what dry runs left, a day of jobs at a time. */
@ApplicationScoped
public class ForgettingTries {
  private static final Logger LOG = Logger.getLogger(ForgettingTries.class);

  private final DataSource dataSource;
  private final TryoutConfig config;
  private final Clock clock;

  @Inject
  ForgettingTries(DataSource dataSource, TryoutConfig config) {
    this(dataSource, config, Clock.systemUTC());
  }

  ForgettingTries(DataSource dataSource, TryoutConfig config, Clock clock) {
    this.dataSource = dataSource;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      forget();
    } catch (SQLException e) {
      LOG.warnf("shadows of dry runs wait for the next look, SQLSTATE %s", e.getSQLState());
    }
  }

  /**
   * @return how many days were dropped
   */
  int forget() throws SQLException {
    LocalDate firstKept =
        LocalDate.ofInstant(clock.instant().minus(config.keeps()), ZoneOffset.UTC);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement drop = connection.prepareStatement("SELECT drop_dry_runs_before(?)")) {
      drop.setObject(1, firstKept);
      try (var dropped = drop.executeQuery()) {
        dropped.next();
        return dropped.getInt(1);
      }
    }
  }
}
