package io.muster.bulkingest.stream.outcome;

import io.agroal.api.AgroalDataSource;
import io.muster.bulkingest.dispatch.Dispatcher;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends rows of jobs that grow again when their end was not heard for a while: whoever started a
 * moment ago hears only what comes from then on, and a topic may be lost. The inbox answers what
 * was done with its stored outcome. Any number of instances may look at once.
 */
@ApplicationScoped
class UnheardRows {
  private static final Logger LOG = Logger.getLogger(UnheardRows.class);

  private static final String OPEN =
      "SELECT id, tenant_id FROM job WHERE day IS NOT NULL AND finished_at IS NULL";

  /** A job that is held is just being sent. */
  private static final String FIND =
      """
      SELECT j.tenant_id, j.id,
             min(r.row_no) FILTER (WHERE r.waits_since < now() - ? * interval '1 millisecond')
      FROM job j
      JOIN dispatch_checkpoint c ON c.tenant_id = j.tenant_id AND c.job_id = j.id
      JOIN job_row r ON r.tenant_id = j.tenant_id AND r.job_id = j.id
                    AND NOT r.ended AND r.row_no <= c.acked_row
      WHERE j.day IS NOT NULL AND j.finished_at IS NULL AND c.lease_until < now()
      GROUP BY j.tenant_id, j.id
      """;

  private static final String BEGIN_TO_WAIT =
      """
      UPDATE job_row r SET waits_since = now()
      FROM dispatch_checkpoint c
      WHERE r.tenant_id = ? AND r.job_id = ? AND NOT r.ended AND r.waits_since IS NULL
        AND c.tenant_id = r.tenant_id AND c.job_id = r.job_id AND r.row_no <= c.acked_row
      """;

  /** Whoever takes the job over then sends that row and all behind it again. */
  private static final String SEND_AGAIN =
      """
      UPDATE dispatch_checkpoint SET acked_row = ? - 1, epoch = epoch + 1
      WHERE tenant_id = ? AND job_id = ? AND acked_row >= ? AND lease_until < now()
      """;

  private static final String WAIT_ANEW =
      """
      UPDATE job_row SET waits_since = now()
      WHERE tenant_id = ? AND job_id = ? AND row_no >= ? AND NOT ended AND waits_since IS NOT NULL
      """;

  private final AgroalDataSource finder;
  private final javax.sql.DataSource work;
  private final TenantScope tenants;
  private final GrowingJobs growing;
  private final Dispatcher dispatcher;
  private final Duration silence;

  UnheardRows(
      @DataSource("finder") AgroalDataSource finder,
      javax.sql.DataSource work,
      TenantScope tenants,
      GrowingJobs growing,
      Dispatcher dispatcher,
      @ConfigProperty(name = "muster.dispatch.silence", defaultValue = "30s") Duration silence) {
    this.finder = finder;
    this.work = work;
    this.tenants = tenants;
    this.growing = growing;
    this.dispatcher = dispatcher;
    this.silence = silence;
  }

  /**
   * A job with rows whose end wasn't heard.
   *
   * @param inVain the first of those that were waited for long enough; 0 without one
   */
  private record Waiting(String tenant, UUID jobId, long inVain) {}

  @Scheduled(
      every = "${muster.stream.look-every:1s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      long since = System.nanoTime();
      growing.learn(open(), since);
      for (Waiting job : find()) {
        QuarkusTransaction.requiringNew().call(() -> lookAfter(job));
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warnf("rows without an end wait for the next look: %s", e.getClass().getSimpleName());
    }
  }

  private boolean lookAfter(Waiting job) throws SQLException {
    tenants.enter(job.tenant());
    if (job.inVain() > 0 && sendAgain(job)) {
      LOG.warnf(
          "the end of row %d was not heard for %s: sending again from there, jobId=%s",
          job.inVain(), silence, job.jobId());
      dispatcher.wakeUp();
    }
    return run(BEGIN_TO_WAIT, job.tenant(), job.jobId()) > 0;
  }

  private boolean sendAgain(Waiting job) throws SQLException {
    return run(SEND_AGAIN, job.inVain(), job.tenant(), job.jobId(), job.inVain()) > 0
        && run(WAIT_ANEW, job.tenant(), job.jobId(), job.inVain()) > 0;
  }

  private int run(String sql, Object... parameters) throws SQLException {
    try (Connection connection = work.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }

  private Map<UUID, String> open() throws SQLException {
    Map<UUID, String> open = new HashMap<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement select = connection.prepareStatement(OPEN);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        open.put(rows.getObject(1, UUID.class), rows.getString(2));
      }
    }
    return open;
  }

  private List<Waiting> find() throws SQLException {
    List<Waiting> found = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setLong(1, silence.toMillis());
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          found.add(new Waiting(rows.getString(1), rows.getObject(2, UUID.class), rows.getLong(3)));
        }
      }
    }
    return found;
  }
}
