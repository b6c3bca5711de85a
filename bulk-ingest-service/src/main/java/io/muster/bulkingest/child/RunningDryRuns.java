package io.muster.bulkingest.child;

import io.muster.bulkingest.spool.SpooledRow;
import io.muster.contracts.job.JobSnapshot;
import jakarta.enterprise.context.ApplicationScoped;

/** Does for real what a dry run has checked: all its rows, as the file that it was. */
@ApplicationScoped
public class RunningDryRuns {
  private final AdmittingAChild children;

  RunningDryRuns(AdmittingAChild children) {
    this.children = children;
  }

  /**
   * @throws io.muster.chassis.problem.RequestRefused as {@link ChildRules} says; DUPLICATE_FILE
   *     when the file was done for real before
   */
  JobSnapshot run(ChildRequest request) {
    return children.admit(
        request, ChildKind.RUN, (parent, child) -> parent.all(child.taking(SpooledRow::again)));
  }
}
