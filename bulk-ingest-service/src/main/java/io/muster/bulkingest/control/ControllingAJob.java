package io.muster.bulkingest.control;

import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.JobSight;
import io.muster.bulkingest.job.OwedEvents;
import io.muster.bulkingest.job.Snapshots;
import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.RequestCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What all control calls have in common: one job, locked, changed in one transaction, told after
 * the commit.
 */
@ApplicationScoped
class ControllingAJob {
  private final TenantScope tenants;
  private final Snapshots snapshots;
  private final OwedEvents owedEvents;

  ControllingAJob(TenantScope tenants, Snapshots snapshots, OwedEvents owedEvents) {
    this.tenants = tenants;
    this.snapshots = snapshots;
    this.owedEvents = owedEvents;
  }

  /**
   * @param change what to do with the locked job; may leave it as it is
   * @return the job after it
   * @throws RequestRefused NOT_FOUND for a job out of sight, and what the change throws
   */
  JobSnapshot change(JobSight sight, UUID id, Consumer<Job> change) {
    JobSnapshot job =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  tenants.enter(sight.tenant());
                  Job locked = sight.lock(id);
                  change.accept(locked);
                  return snapshots.of(locked);
                });
    owedEvents.tellSoon(sight.tenant(), id);
    return job;
  }

  /** Reads the job as it is now, without a lock. */
  <T> T look(JobSight sight, UUID id, Function<Job, T> look) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(sight.tenant());
              return look.apply(sight.find(id));
            });
  }

  /** The answer to a call that this state doesn't allow. */
  static RequestRefused wrongState(Job job, String call) {
    return RequestRefused.because(
            RequestCode.WRONG_STATE, "The job is " + job.state + ", so you can't " + call + " it.")
        .with("state", job.state);
  }
}
