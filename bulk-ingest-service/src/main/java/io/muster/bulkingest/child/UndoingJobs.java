package io.muster.bulkingest.child;

import io.muster.bulkingest.spool.SpooledRow;
import io.muster.contracts.job.JobSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.BitSet;

/** Takes back what a job's rows did, the last one first, as a new intention of its own. */
@ApplicationScoped
public class UndoingJobs {
  private final AdmittingAChild children;

  UndoingJobs(AdmittingAChild children) {
    this.children = children;
  }

  /**
   * @param succeeded the parent's rows to take back, bit r for row r
   * @throws io.muster.chassis.problem.RequestRefused as {@link ChildRules} says; WRONG_STATE also
   *     when there is no row to take back
   */
  JobSnapshot undo(ChildRequest request, BitSet succeeded) {
    return children.admit(
        request,
        ChildKind.UNDO,
        (parent, child) -> parent.backwards(succeeded, child.taking(SpooledRow::reverting)));
  }
}
