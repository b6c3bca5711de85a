package io.muster.bulkingest.closing;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/**
 * Deletes what isn't needed any more: jobs long after they were closed, with their checkpoints, and
 * idempotency keys that have run out. In portions over all tenants, as the finder, who may delete
 * nothing else. Any number of instances may do it at once.
 */
@ApplicationScoped
public class ForgettingJobs {
  private static final Logger LOG = Logger.getLogger(ForgettingJobs.class);
  private static final int PORTION = 2_000;

  /** Not one that the others don't know to be closed yet. */
  private static final String JOBS =
      """
      DELETE FROM job WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM job
          WHERE closed_at < ? AND source NOT IN ('SINGLE', 'SCIM') AND published_version >= version
          ORDER BY closed_at LIMIT ?))
      """;

  private static final String SINGLE_CALLS =
      """
      DELETE FROM job WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM job
          WHERE closed_at < ? AND source IN ('SINGLE', 'SCIM') AND published_version >= version
          ORDER BY closed_at LIMIT ?))
      """;

  private static final String KEYS =
      """
      DELETE FROM idempotency_claim WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM idempotency_claim WHERE expires_at < ? ORDER BY expires_at LIMIT ?))
      """;

  private final AgroalDataSource finder;
  private final ClosingConfig config;
  private final Clock clock;

  ForgettingJobs(@DataSource("finder") AgroalDataSource finder, ClosingConfig config, Clock clock) {
    this.finder = finder;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      every = "${muster.closing.forget-every:1h}",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      long jobs = delete(JOBS, config.keepJobs());
      long singleCalls = delete(SINGLE_CALLS, config.keepSingleCalls());
      long keys = delete(KEYS, Duration.ZERO);
      if (jobs + singleCalls + keys > 0) {
        LOG.infof(
            "forgotten: jobs=%d single calls=%d idempotency keys=%d", jobs, singleCalls, keys);
      }
    } catch (SQLException e) {
      LOG.warnf("old jobs are forgotten at the next look, SQLSTATE %s", e.getSQLState());
    }
  }

  private long delete(String sql, Duration keep) throws SQLException {
    Instant before = clock.instant().minus(keep);
    long deleted = 0;
    try (Connection connection = finder.getConnection();
        PreparedStatement delete = connection.prepareStatement(sql)) {
      int portion;
      do {
        delete.setObject(1, before.atOffset(ZoneOffset.UTC));
        delete.setInt(2, PORTION);
        portion = delete.executeUpdate();
        deleted += portion;
      } while (portion == PORTION);
    }
    return deleted;
  }
}
