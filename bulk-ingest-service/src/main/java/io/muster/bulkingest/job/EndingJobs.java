package io.muster.bulkingest.job;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.JobProgress;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jboss.logging.Logger;

/** Knows from the gateway's counts when a job has come to its end, and ends it. */
@ApplicationScoped
public class EndingJobs {
  /** DESIGN.md: spool and before-images stay for 30 days after the end. */
  static final Duration OPEN_AFTER_END = Duration.ofDays(30);

  private static final Logger LOG = Logger.getLogger(EndingJobs.class);

  private final TenantScope tenants;
  private final OwedEvents owedEvents;
  private final Clock clock;

  EndingJobs(TenantScope tenants, OwedEvents owedEvents, Clock clock) {
    this.tenants = tenants;
    this.owedEvents = owedEvents;
    this.clock = clock;
  }

  /**
   * Stores counts that have grown and ends the jobs whose rows are all accounted for; tells of them
   * after the commit.
   *
   * @throws RuntimeException when the database is away; nothing is stored then
   */
  public void progressed(Collection<JobProgress> reports) {
    if (reports.isEmpty()) {
      return;
    }
    List<JobProgress> ended = QuarkusTransaction.requiringNew().call(() -> storeAndEnd(reports));
    ended.forEach(each -> owedEvents.tell(each.tenant(), each.jobId()));
  }

  private List<JobProgress> storeAndEnd(Collection<JobProgress> reports) {
    tenants.enter(reports.stream().map(JobProgress::tenant).distinct().toList());
    Instant now = clock.instant();
    List<JobProgress> ended = new ArrayList<>();
    List<JobProgress> sorted = new ArrayList<>(reports);
    sorted.sort(java.util.Comparator.comparing(JobProgress::jobId));
    for (JobProgress report : sorted) {
      Job job = Job.locked(report.tenant(), report.jobId()).orElse(null);
      if (job == null || job.state.isFinal() || report.ended() <= job.succeeded + job.failed) {
        continue;
      }
      if (job.refused + job.cancelled + report.ended() > job.total) {
        LOG.errorf("more rows ended than there are, jobId=%s: the report is not taken", job.id);
        continue;
      }
      job.succeeded = report.succeeded();
      job.failed = report.failed();
      job.progressedAt = now;
      if (job.ended() == job.total) {
        end(job, now);
        ended.add(report);
      }
    }
    return ended;
  }

  /** Ends a job whose rows are all accounted for. */
  public static void end(Job job, Instant now) {
    job.become(Lifecycle.end(job.total, job.refused + job.failed, job.cancelled));
    if (job.startedAt == null) {
      job.startedAt = now;
    }
    job.finishedAt = now;
    job.closesAt = now.plus(OPEN_AFTER_END);
  }
}
