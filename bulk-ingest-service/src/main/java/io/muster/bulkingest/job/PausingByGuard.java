package io.muster.bulkingest.job;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.JobState;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Stops a job that one of its guards has tripped for, until somebody looks at it. In a transaction
 * of its own for each job: whoever locks several jobs must not wait for a checkpoint meanwhile.
 */
@ApplicationScoped
public class PausingByGuard {
  public static final String MAX_FAILURES = "MAX_FAILURES";
  public static final String BLAST_RADIUS = "BLAST_RADIUS";

  private static final Logger LOG = Logger.getLogger(PausingByGuard.class);

  private final TenantScope tenants;
  private final RevokingLeases leases;
  private final OwedEvents owedEvents;

  PausingByGuard(TenantScope tenants, RevokingLeases leases, OwedEvents owedEvents) {
    this.tenants = tenants;
    this.leases = leases;
    this.owedEvents = owedEvents;
  }

  /**
   * Pauses the job unless it was paused, ended or overruled meanwhile, or has nothing left to send:
   * then there is nothing that stopping it would keep from happening.
   *
   * @param code MAX_FAILURES or BLAST_RADIUS
   * @param detail one sentence with the numbers and what to do
   * @throws RuntimeException when the database is away
   */
  public void pause(String tenant, UUID jobId, String code, String detail) {
    boolean paused =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  tenants.enter(tenant);
                  Job job = Job.locked(tenant, jobId).orElseThrow();
                  boolean goesOn = job.state == JobState.QUEUED || job.state == JobState.RUNNING;
                  if (!goesOn || isOverruled(job, code) || !leases.hasRowsLeft(job)) {
                    return false;
                  }
                  job.pause(code, detail);
                  leases.revoke(job);
                  return true;
                });
    if (paused) {
      LOG.infof("job %s is paused: %s", jobId, code);
      owedEvents.tellSoon(tenant, jobId);
    }
  }

  private static boolean isOverruled(Job job, String code) {
    return code.equals(MAX_FAILURES) ? job.maxFailuresDisarmed : job.blastRadiusDisarmed;
  }
}
