package io.muster.bulkingest.child;

import io.muster.bulkingest.spool.SpooledRow;
import io.muster.contracts.job.JobSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.BitSet;

/**
 * Does a job's failed rows again, in their order, as a new job with newer stamps: nothing has to be
 * uploaded again, given passwords included.
 */
@ApplicationScoped
public class RetryingJobs {
  private final AdmittingAChild children;

  RetryingJobs(AdmittingAChild children) {
    this.children = children;
  }

  /**
   * @param failed the parent's rows to do again, bit r for row r
   * @throws io.muster.chassis.problem.RequestRefused as {@link ChildRules} says; WRONG_STATE also
   *     when there is no row to do
   */
  JobSnapshot retry(ChildRequest request, BitSet failed) {
    return children.admit(
        request,
        ChildKind.RETRY,
        (parent, child) -> parent.forwards(failed, child.taking(SpooledRow::again)));
  }
}
