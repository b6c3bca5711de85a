package io.muster.bulkingest.job;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import java.util.Optional;
import java.util.UUID;

/**
 * Which jobs a caller may see and touch; any other doesn't exist for them.
 *
 * @param tenant whose
 * @param onlyOf those of this submitter alone; null for all of the tenant
 */
public record JobSight(String tenant, String onlyOf) {

  /** Of somebody in a tenant: administrators see all of its jobs, delegated ones their own. */
  public static JobSight of(Caller caller) {
    return new JobSight(caller.tenant(), caller.has(Roles.TENANT_ADMIN) ? null : caller.subject());
  }

  /**
   * Likewise, or of an operator in another tenant.
   *
   * @param tenant whose job an operator means; null for everybody else
   * @throws RequestRefused FORBIDDEN for a tenant that isn't the caller's, unless an operator asks;
   *     INVALID_REQUEST when an operator names none
   */
  public static JobSight of(Caller caller, String tenant) {
    if (tenant != null && !tenant.isBlank() && caller.has(Roles.OPERATOR)) {
      // The caller's own is asked for too: a token without one is worth nothing.
      var unused = caller.tenant();
      return new JobSight(tenant.strip(), null);
    }
    boolean foreign = tenant != null && !tenant.isBlank() && !tenant.equals(caller.tenant());
    if (foreign) {
      throw RequestRefused.because(
          RequestCode.FORBIDDEN, "Only operators may touch jobs of another tenant.");
    }
    if (!caller.has(Roles.TENANT_ADMIN) && !caller.has(Roles.PASSWORD_ADMIN)) {
      throw RequestRefused.invalid(
          "tenant", "Name the tenant whose job you mean, for example tenant=contoso.");
    }
    return of(caller);
  }

  /** The job as it is now. Needs a transaction that has entered the tenant. */
  public Job find(UUID id) {
    return visible(Job.of(tenant, id));
  }

  /** Likewise, locked until the transaction ends. */
  public Job lock(UUID id) {
    return visible(Job.locked(tenant, id));
  }

  private Job visible(Optional<Job> found) {
    return found
        .filter(job -> onlyOf == null || onlyOf.equals(job.submittedBy))
        .orElseThrow(() -> RequestRefused.because(RequestCode.NOT_FOUND, "There is no such job."));
  }
}
