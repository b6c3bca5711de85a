package io.muster.gateway.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.job.JobSnapshot;
import io.muster.gateway.access.Collector;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.Sight;
import io.muster.gateway.status.FindingJobs;
import io.muster.gateway.status.JobView;
import io.muster.gateway.status.ShowingJobs;
import io.muster.gateway.track.job.RememberingJobs;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Keeps what bulk-ingest-service answered before the caller hears it, so that what was answered can
 * be read at once.
 */
@ApplicationScoped
public class AcceptedJobs {
  private static final Logger LOG = Logger.getLogger(AcceptedJobs.class);
  private static final Wire<JobSnapshot> WIRE = Wire.of(JobSnapshot.class);

  private final RememberingJobs remembering;
  private final FindingJobs finding;
  private final ShowingJobs showing;

  AcceptedJobs(RememberingJobs remembering, FindingJobs finding, ShowingJobs showing) {
    this.remembering = remembering;
    this.finding = finding;
    this.showing = showing;
  }

  /** {@link #read}, and {@link #keep(JobSnapshot)}. */
  public JobSnapshot keep(byte[] answer) {
    JobSnapshot job = read(answer);
    keep(job);
    return job;
  }

  /** Reads an answered job. */
  JobSnapshot read(byte[] answer) {
    try {
      return WIRE.decode(answer);
    } catch (UnreadableMessage e) {
      LOG.errorf("bulk-ingest-service's answer is no job: %s", e.getMessage());
      throw ServiceCalls.unavailable();
    }
  }

  /** Keeps it when it can be kept just now. */
  void keep(JobSnapshot job) {
    try {
      remembering.remember(List.of(job));
    } catch (SQLException | RuntimeException e) {
      // The job is accepted whatever happens here, and its event will bring it again.
      LOG.warnf("job %s is accepted but can't be kept yet: %s", job.id(), e.getClass().getName());
    }
  }

  /** {@link #keep}, and then the job with the counts that are there already. */
  ObjectNode show(byte[] answer) {
    return show(keep(answer));
  }

  /** The job as it stands now, or as it was accepted while the database is away. */
  ObjectNode show(JobSnapshot job) {
    return showing.show(now(job));
  }

  /**
   * {@link #keep}, and then the job for whoever controlled it.
   *
   * @param people whether the viewer may see who submitted what
   */
  public ObjectNode show(byte[] answer, boolean people, Collector viewer) {
    return showing.show(now(keep(answer)).forViewer(people), viewer);
  }

  private JobView now(JobSnapshot job) {
    try {
      return finding
          .find(new Sight(job.tenant(), null, false), job.id())
          .orElseGet(() -> JobView.fresh(job));
    } catch (RuntimeException e) {
      LOG.debugf("job %s is shown as it was accepted", job.id());
      return JobView.fresh(job);
    }
  }
}
