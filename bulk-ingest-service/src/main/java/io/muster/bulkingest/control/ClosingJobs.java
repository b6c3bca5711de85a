package io.muster.bulkingest.control;

import io.agroal.api.AgroalDataSource;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.JobSight;
import io.muster.bulkingest.spool.UploadStore;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.RequestCode;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Closes final jobs, when somebody asks and when their time has passed: the rows go for good, and
 * with them retry, undo and all that reads rows.
 */
@ApplicationScoped
public class ClosingJobs {
  private static final Logger LOG = Logger.getLogger(ClosingJobs.class);

  private static final String FIND_DUE =
      """
      SELECT tenant_id, id FROM job WHERE closes_at < now() AND closed_at IS NULL
      ORDER BY closes_at LIMIT 200
      """;

  private final ControllingAJob controlling;
  private final UploadStore store;
  private final AgroalDataSource finder;
  private final Clock clock;

  ClosingJobs(
      ControllingAJob controlling,
      UploadStore store,
      @DataSource("finder") AgroalDataSource finder,
      Clock clock) {
    this.controlling = controlling;
    this.store = store;
    this.finder = finder;
    this.clock = clock;
  }

  /**
   * @return the job with the time of its closing; one that was closed before is as it was
   * @throws RequestRefused NOT_FOUND, or JOB_NOT_FINISHED
   */
  JobSnapshot close(JobSight sight, UUID id) {
    JobSnapshot closed = controlling.change(sight, id, this::close);
    try {
      store.discard(id);
    } catch (IOException e) {
      // The job is closed all the same; what is left of the spool goes at the next start.
      LOG.warnf("the spool of a closed job stays for now, jobId=%s: %s", id, e.getMessage());
    }
    return closed;
  }

  private void close(Job job) {
    if (!job.state.isFinal()) {
      throw RequestRefused.because(
              RequestCode.JOB_NOT_FINISHED,
              "The job is " + job.state + ": cancel it or wait for its end, then close it.")
          .with("state", job.state);
    }
    if (job.closedAt == null) {
      job.closedAt = clock.instant();
      job.sealedRow = null;
      job.version++;
    }
  }

  @Scheduled(
      every = "${muster.control.close-every:1m}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void closeWhatIsDue() {
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND_DUE);
        ResultSet due = statement.executeQuery()) {
      while (due.next()) {
        close(new JobSight(due.getString(1), null), due.getObject(2, UUID.class));
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("jobs whose time has passed are closed at the next look", e);
    }
  }
}
