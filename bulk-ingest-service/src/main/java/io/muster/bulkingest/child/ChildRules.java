package io.muster.bulkingest.child;

import io.muster.bulkingest.admission.AllowedOperations;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.tenants.CheckingQuotas;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.JobState;
import io.muster.contracts.job.RequestCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which job may have which child, decided under the parent's lock. */
@ApplicationScoped
class ChildRules {
  private static final List<JobState> NOT_FINAL =
      Arrays.stream(JobState.values()).filter(state -> !state.isFinal()).toList();

  private final CheckingQuotas quotas;

  ChildRules(CheckingQuotas quotas) {
    this.quotas = quotas;
  }

  /**
   * As a single call does, before anything is read.
   *
   * @throws RequestRefused FORBIDDEN when the tenant may begin nothing new
   */
  void checkTenant(String tenant) {
    var unused = quotas.ofSingleCall(tenant);
  }

  /**
   * @param parent locked
   * @throws RequestRefused JOB_NOT_FINISHED, JOB_CLOSED, NOT_UNDOABLE, FORBIDDEN, or WRONG_STATE
   *     when the parent is no dry run to be run, or has a child of the kind that isn't final
   */
  @Transactional(Transactional.TxType.MANDATORY)
  void check(Job parent, ChildKind kind, ChildRequest request) {
    if (kind == ChildKind.RUN && !parent.dryRun) {
      throw RequestRefused.because(
          RequestCode.WRONG_STATE, "The job is no dry run: there is nothing to run for real.");
    }
    if (kind == ChildKind.UNDO && (parent.dryRun || parent.reverts != null)) {
      throw RequestRefused.because(
          RequestCode.NOT_UNDOABLE,
          parent.dryRun
              ? "A dry run has changed nothing, so there is nothing to undo."
              : "The job is an undo itself. Upload the file again to do its rows once more.");
    }
    if (!parent.state.isFinal()) {
      throw RequestRefused.because(
              RequestCode.JOB_NOT_FINISHED,
              "The job is " + parent.state + ": wait for its end, or cancel it first.")
          .with("state", parent.state);
    }
    if (parent.closedAt != null) {
      throw closed();
    }
    AllowedOperations.check(request.actor(), parent.requested);
    refuseSecond(parent, kind);
  }

  /**
   * Locks the tenant: to be asked behind the claim of a file, as uploads do, or two of them wait
   * for each other in a circle.
   *
   * @throws RequestRefused TOO_MANY_REQUESTS beyond the tenant's open jobs, an undo excepted: it
   *     repairs
   */
  @Transactional(Transactional.TxType.MANDATORY)
  void checkQuota(String tenant, ChildKind kind) throws SQLException {
    if (kind != ChildKind.UNDO) {
      quotas.checkOpenJobs(tenant);
    }
  }

  private static void refuseSecond(Job parent, ChildKind kind) {
    Optional<Job> other =
        Job.find(
                "tenant = ?1 and parent = ?2 and source = ?3 and state in ?4",
                parent.tenant,
                parent.id,
                kind.source(),
                NOT_FINAL)
            .firstResultOptional();
    if (other.isPresent()) {
      throw RequestRefused.because(
              RequestCode.WRONG_STATE,
              "A "
                  + kind.word()
                  + " of this job is "
                  + other.get().state
                  + " already, job "
                  + other.get().id
                  + ": wait for its end, or cancel it.")
          .with("job", other.get().id);
    }
  }

  static RequestRefused closed() {
    return RequestRefused.because(
        RequestCode.JOB_CLOSED,
        "The job is closed: its rows are no longer kept. Upload the file again.");
  }
}
