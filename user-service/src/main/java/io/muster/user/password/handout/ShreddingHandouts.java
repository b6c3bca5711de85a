package io.muster.user.password.handout;

import io.agroal.api.AgroalDataSource;
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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Deletes hand-outs that were collected, given up by their submitter, or left lying. They are
 * closed first, in one statement, and then deleted in portions.
 */
@ApplicationScoped
public class ShreddingHandouts {
  private static final Logger LOG = Logger.getLogger(ShreddingHandouts.class);

  private static final String FIND =
      """
      SELECT tenant_id, job_id FROM handout_job
      WHERE emptied_at IS NULL
        AND (shredded_at IS NOT NULL OR first_byte_at <= ? OR
             (first_byte_at IS NULL AND made_at <= ?))
      LIMIT 1000
      """;

  /** A job that has hand-outs again since it was closed keeps them. */
  private static final String DELETE =
      """
      DELETE FROM handout h
      USING (SELECT o.tenant_id, o.job_id, o.row_no FROM handout o
             JOIN handout_job j ON j.tenant_id = o.tenant_id AND j.job_id = o.job_id
             WHERE o.tenant_id = ? AND o.job_id = ? AND j.shredded_at IS NOT NULL
             ORDER BY o.row_no
             LIMIT 10000) AS gone
      WHERE h.tenant_id = gone.tenant_id AND h.job_id = gone.job_id AND h.row_no = gone.row_no
      """;

  private static final String EMPTIED =
      """
      UPDATE handout_job SET emptied_at = ?
      WHERE tenant_id = ? AND job_id = ? AND shredded_at IS NOT NULL
      """;

  private final AgroalDataSource finder;
  private final TenantWork work;
  private final Clock clock;

  @Inject
  ShreddingHandouts(@DataSource("finder") AgroalDataSource finder, TenantWork work) {
    this(finder, work, Clock.systemUTC());
  }

  ShreddingHandouts(AgroalDataSource finder, TenantWork work, Clock clock) {
    this.finder = finder;
    this.work = work;
    this.clock = clock;
  }

  @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setObject(1, before(HandoutJob.REPEATABLE));
      find.setObject(2, before(HandoutJob.UNCOLLECTED));
      try (ResultSet due = find.executeQuery()) {
        while (due.next()) {
          shred(due.getString(1), due.getObject(2, UUID.class));
        }
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("hand-outs wait for the next look to be shredded", e);
    }
  }

  /**
   * At once, by the submitter; a job that made none has nothing to shred.
   *
   * @throws io.muster.chassis.problem.RequestRefused FORBIDDEN to everybody else
   */
  void shred(String tenant, UUID jobId, String subject) {
    Optional<HandoutJob> job = work.in(tenant, c -> HandoutJob.find(c, tenant, jobId));
    if (job.isPresent()) {
      job.get().refuseUnlessSubmitter(subject);
      shred(tenant, jobId);
    }
  }

  private void shred(String tenant, UUID jobId) {
    work.in(
        tenant,
        connection -> {
          HandoutJob.close(connection, tenant, jobId, clock.instant());
          return null;
        });
    int deleted;
    do {
      deleted = work.in(tenant, connection -> delete(connection, tenant, jobId));
    } while (deleted > 0);
    work.in(tenant, connection -> emptied(connection, tenant, jobId));
    LOG.infof("hand-outs shredded, jobId=%s", jobId);
  }

  private static int delete(Connection connection, String tenant, UUID jobId) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, tenant);
      delete.setObject(2, jobId);
      return delete.executeUpdate();
    }
  }

  private int emptied(Connection connection, String tenant, UUID jobId) throws SQLException {
    try (PreparedStatement emptied = connection.prepareStatement(EMPTIED)) {
      emptied.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
      emptied.setString(2, tenant);
      emptied.setObject(3, jobId);
      return emptied.executeUpdate();
    }
  }

  private OffsetDateTime before(Duration time) {
    return OffsetDateTime.ofInstant(clock.instant().minus(time), ZoneOffset.UTC);
  }
}
