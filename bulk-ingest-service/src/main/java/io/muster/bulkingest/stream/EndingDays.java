package io.muster.bulkingest.stream;

import io.agroal.api.AgroalDataSource;
import io.muster.bulkingest.closing.ClosingConfig;
import io.muster.bulkingest.dispatch.lease.Checkpoints.JobKey;
import io.muster.bulkingest.job.EndingJobs;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.OwedEvents;
import io.muster.bulkingest.stream.outcome.RowEnds;
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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Ends jobs that grow. When their day is over and a while has passed they take no more rows; when
 * then, or after a cancel, all rows are counted and it was heard of each how it ended, they are
 * final like any other. Any number of instances may look at once.
 */
@ApplicationScoped
public class EndingDays {
  private static final Logger LOG = Logger.getLogger(EndingDays.class);

  private static final String FIND =
      """
      SELECT tenant_id, id FROM job j
      WHERE day IS NOT NULL AND finished_at IS NULL
        AND (takes_rows AND takes_rows_until <= ?
             OR NOT takes_rows AND refused + succeeded + failed + cancelled = total
                AND NOT EXISTS (SELECT FROM job_row r
                                WHERE r.tenant_id = j.tenant_id AND r.job_id = j.id AND NOT r.ended))
      ORDER BY submitted_at LIMIT 500
      """;

  private final AgroalDataSource finder;
  private final TenantScope tenants;
  private final RowEnds ended;
  private final OwedEvents owedEvents;
  private final ClosingConfig closing;
  private final Clock clock;

  EndingDays(
      @DataSource("finder") AgroalDataSource finder,
      TenantScope tenants,
      RowEnds ended,
      OwedEvents owedEvents,
      ClosingConfig closing,
      Clock clock) {
    this.finder = finder;
    this.tenants = tenants;
    this.ended = ended;
    this.owedEvents = owedEvents;
    this.closing = closing;
    this.clock = clock;
  }

  @Scheduled(
      every = "${muster.stream.look-every:1s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      Instant now = clock.instant();
      for (JobKey job : find(now)) {
        QuarkusTransaction.requiringNew().run(() -> goOn(job, now));
        owedEvents.tellSoon(job.tenant(), job.jobId());
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("days that are over end at the next look", e);
    }
  }

  private void goOn(JobKey key, Instant now) {
    tenants.enter(key.tenant());
    Job job = Job.locked(key.tenant(), key.jobId()).orElseThrow();
    if (job.state.isFinal()) {
      return;
    }
    if (job.takesRows && !now.isBefore(job.takesRowsUntil)) {
      job.takesRows = false;
      job.version++;
    }
    if (!job.takesRows && job.ended() == job.total && ended.areAll(job.tenant, job.id)) {
      EndingJobs.end(job, now, closing.openAfterEnd());
    }
  }

  private List<JobKey> find(Instant now) throws SQLException {
    List<JobKey> found = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setObject(1, now.atOffset(ZoneOffset.UTC));
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          found.add(new JobKey(rows.getString(1), rows.getObject(2, java.util.UUID.class)));
        }
      }
    }
    return found;
  }
}
