package io.muster.gateway.access;

import io.muster.chassis.access.Caller;
import io.muster.chassis.access.Roles;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;

/**
 * Who asks for the passwords that a job made: they are its submitter's alone, and those of HR's
 * jobs, which nobody submitted, the tenant's administrators'. user-service decides the same.
 *
 * @param subject never null
 */
public record Collector(String subject, boolean tenantAdmin) {
  public static Collector of(Caller caller) {
    return new Collector(caller.subject(), caller.has(Roles.TENANT_ADMIN));
  }

  /**
   * @param job of the collector's tenant
   */
  public boolean mayCollect(JobSnapshot job) {
    return job.source() == JobSource.HR ? tenantAdmin : subject.equals(job.submittedBy());
  }
}
