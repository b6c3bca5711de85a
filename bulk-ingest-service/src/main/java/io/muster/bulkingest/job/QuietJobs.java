package io.muster.bulkingest.job;

import io.agroal.api.AgroalDataSource;
import io.muster.chassis.tenancy.TenantScope;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends a job again whose rows were handed to the bus, but not all came back, when nothing has
 * moved for a while: a topic was lost, or results were. The inbox answers what was done with its
 * stored outcome, so that only what was lost is done. A job that is paused or being cancelled gets
 * nothing new sent by this, only what was intended before.
 */
@ApplicationScoped
public class QuietJobs {
  private static final Logger LOG = Logger.getLogger(QuietJobs.class);

  /** Where it is known which rows of a job don't come back, those alone are sent again. */
  private static final String FIND =
      """
      SELECT j.tenant_id, j.id FROM job j
      JOIN dispatch_checkpoint c ON c.tenant_id = j.tenant_id AND c.job_id = j.id
      WHERE j.state IN ('QUEUED', 'RUNNING', 'PAUSED', 'CANCELLING')
        AND c.acked_row = CASE WHEN j.state = 'PAUSED' THEN c.intended_row ELSE c.total END
        AND c.dispatched > j.succeeded + j.failed
        AND j.progressed_at < now() - ? * interval '1 millisecond' AND c.lease_until < now()
        AND NOT EXISTS (SELECT FROM job_row r WHERE r.tenant_id = j.tenant_id AND r.job_id = j.id
                        AND NOT r.ended AND r.row_no <= c.acked_row)
      ORDER BY j.submitted_at
      LIMIT 100
      """;

  /** Whoever takes the job over then sends all that was intended again. */
  private static final String SEND_AGAIN =
      """
      UPDATE dispatch_checkpoint SET acked_row = 0, epoch = epoch + 1
      WHERE tenant_id = ? AND job_id = ? AND acked_row = intended_row AND lease_until < now()
      """;

  private static final String START_WAITING_ANEW =
      "UPDATE job SET progressed_at = now() WHERE tenant_id = ? AND id = ?";

  private final AgroalDataSource finder;
  private final javax.sql.DataSource work;
  private final TenantScope tenants;
  private final Duration silence;

  QuietJobs(
      @DataSource("finder") AgroalDataSource finder,
      javax.sql.DataSource work,
      TenantScope tenants,
      @ConfigProperty(name = "muster.dispatch.silence", defaultValue = "30s") Duration silence) {
    this.finder = finder;
    this.work = work;
    this.tenants = tenants;
    this.silence = silence;
  }

  @Scheduled(
      every = "${muster.dispatch.quiet-look-every:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setLong(1, silence.toMillis());
      try (ResultSet quiet = statement.executeQuery()) {
        while (quiet.next()) {
          sendAgain(quiet.getString(1), quiet.getObject(2, UUID.class));
        }
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("quiet jobs wait for the next look", e);
    }
  }

  private void sendAgain(String tenant, UUID jobId) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              tenants.enter(tenant);
              // First the job, then its checkpoint, as everywhere.
              update(START_WAITING_ANEW, tenant, jobId);
              if (update(SEND_AGAIN, tenant, jobId) > 0) {
                LOG.warnf("nothing moved for %s: sending again, jobId=%s", silence, jobId);
              }
            });
  }

  private int update(String sql, String tenant, UUID jobId) {
    try (Connection connection = work.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, tenant);
      statement.setObject(2, jobId);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("can't mark a quiet job", e);
    }
  }
}
