package io.muster.user.password.handout;

import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/**
 * Forgets that there were hand-outs, long after the last of them was shredded: a row for each job,
 * in portions. Any number of instances may do it at once.
 */
@ApplicationScoped
class ForgettingHandouts {
  private static final Logger LOG = Logger.getLogger(ForgettingHandouts.class);
  private static final int PORTION = 5_000;

  /** A job that makes passwords again meanwhile isn't emptied any more, and stays. */
  private static final String FORGET =
      """
      DELETE FROM handout_job WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM handout_job WHERE emptied_at < ? ORDER BY emptied_at LIMIT ?))
      """;

  private final javax.sql.DataSource finder;
  private final Duration remembered;
  private final Clock clock;

  @Inject
  ForgettingHandouts(@DataSource("finder") javax.sql.DataSource finder, HandoutConfig config) {
    this(finder, config.remembered(), Clock.systemUTC());
  }

  ForgettingHandouts(javax.sql.DataSource finder, Duration remembered, Clock clock) {
    this.finder = finder;
    this.remembered = remembered;
    this.clock = clock;
  }

  @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    OffsetDateTime before =
        OffsetDateTime.ofInstant(clock.instant().minus(remembered), ZoneOffset.UTC);
    try (Connection connection = finder.getConnection();
        PreparedStatement forget = connection.prepareStatement(FORGET)) {
      int forgotten;
      do {
        forget.setObject(1, before);
        forget.setInt(2, PORTION);
        forgotten = forget.executeUpdate();
      } while (forgotten == PORTION);
    } catch (SQLException e) {
      LOG.warnf("old hand-outs are forgotten at the next look, SQLSTATE %s", e.getSQLState());
    }
  }
}
