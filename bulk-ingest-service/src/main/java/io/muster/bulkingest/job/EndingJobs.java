package io.muster.bulkingest.job;

import io.muster.bulkingest.closing.ClosingConfig;
import io.muster.bulkingest.guard.FailureGuard;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.JobProgress;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Knows from the gateway's counts when a job has come to its end, and ends it; and when so many of
 * its rows failed that it stops and asks. One that grows has no end by its counts alone: {@link
 * io.muster.bulkingest.stream.EndingDays}.
 */
@ApplicationScoped
public class EndingJobs {
  private static final Logger LOG = Logger.getLogger(EndingJobs.class);

  private final TenantScope tenants;
  private final OwedEvents owedEvents;
  private final PausingByGuard pausing;
  private final FailureGuard guard;
  private final ClosingConfig closing;
  private final Clock clock;

  EndingJobs(
      TenantScope tenants,
      OwedEvents owedEvents,
      PausingByGuard pausing,
      FailureGuard guard,
      ClosingConfig closing,
      Clock clock) {
    this.tenants = tenants;
    this.owedEvents = owedEvents;
    this.pausing = pausing;
    this.guard = guard;
    this.closing = closing;
    this.clock = clock;
  }

  /**
   * What follows from new counts, after they are stored.
   *
   * @param ended jobs that are final now
   * @param failing why jobs are to be stopped
   */
  private record Followed(List<JobProgress> ended, Map<JobProgress, String> failing) {}

  /**
   * Stores counts that have grown and ends the jobs whose rows are all accounted for; tells of them
   * after the commit. Jobs of which too much has failed are paused.
   *
   * @param reports one of each job at most
   * @throws RuntimeException when the database is away; nothing is stored then
   */
  public void progressed(Collection<JobProgress> reports) {
    if (reports.isEmpty()) {
      return;
    }
    Followed followed = QuarkusTransaction.requiringNew().call(() -> storeAndEnd(reports));
    followed
        .failing()
        .forEach(
            (each, detail) ->
                pausing.pause(each.tenant(), each.jobId(), PausingByGuard.MAX_FAILURES, detail));
    followed.ended().forEach(each -> owedEvents.tellSoon(each.tenant(), each.jobId()));
  }

  private Followed storeAndEnd(Collection<JobProgress> reports) {
    tenants.enter(reports.stream().map(JobProgress::tenant).distinct().toList());
    Instant now = clock.instant();
    List<JobProgress> ended = new ArrayList<>();
    Map<JobProgress, String> failing = new LinkedHashMap<>();
    Map<UUID, Job> jobs = new HashMap<>();
    Job.allLocked(reports.stream().map(JobProgress::jobId).toList())
        .forEach(job -> jobs.put(job.id, job));
    for (JobProgress report : reports) {
      Job job = jobs.get(report.jobId());
      if (job == null || !job.tenant.equals(report.tenant())) {
        continue;
      }
      if (job.state.isFinal() || report.ended() < job.succeeded + job.failed) {
        continue;
      }
      if (job.refused + job.cancelled + report.ended() > job.total) {
        LOG.errorf("more rows ended than there are, jobId=%s: the report is not taken", job.id);
        continue;
      }
      // A repeated report moves nothing, but a guard may have found the database away before.
      if (report.ended() > job.succeeded + job.failed) {
        job.succeeded = report.succeeded();
        job.failed = report.failed();
        job.progressedAt = now;
      }
      if (job.ended() == job.total && !job.grows()) {
        end(job, now, closing.openAfterEnd());
        ended.add(report);
      } else {
        tooManyFailures(job).ifPresent(detail -> failing.put(report, detail));
      }
    }
    return new Followed(ended, failing);
  }

  private Optional<String> tooManyFailures(Job job) {
    boolean goesOn = job.state == JobState.QUEUED || job.state == JobState.RUNNING;
    if (!goesOn || job.maxFailuresDisarmed || job.grows()) {
      return Optional.empty();
    }
    return guard
        .limit(
            job.total,
            job.dryRun || job.reverts != null,
            job.maxFailures,
            job.source == JobSource.SCIM)
        .flatMap(limit -> guard.exceeded(limit, job.succeeded + job.failed, job.failed));
  }

  /**
   * Ends a job whose rows are all accounted for.
   *
   * @param openAfterEnd for so long its rows stay
   */
  public static void end(Job job, Instant now, Duration openAfterEnd) {
    job.become(Lifecycle.end(job.total, job.refused + job.failed, job.cancelled));
    if (job.startedAt == null) {
      job.startedAt = now;
    }
    job.finishedAt = now;
    job.closesAt = now.plus(openAfterEnd);
  }
}
