package io.muster.bulkingest.child;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.bulkingest.admission.Admission;
import io.muster.bulkingest.admission.Admission.Candidate;
import io.muster.bulkingest.admission.Admission.Terms;
import io.muster.bulkingest.admission.ClaimingAFile;
import io.muster.bulkingest.admission.SweepingOrphans;
import io.muster.bulkingest.child.CopyingRows.Copied;
import io.muster.bulkingest.dispatch.Dispatcher;
import io.muster.bulkingest.dispatch.window.Throughput;
import io.muster.bulkingest.guard.ActiveAccounts;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.OwedEvents;
import io.muster.bulkingest.job.Snapshots;
import io.muster.bulkingest.spool.Spools;
import io.muster.bulkingest.spool.StoreFull;
import io.muster.bulkingest.stream.row.AppendedRows;
import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.RequestCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Makes a job out of rows of another one. The rows are copied first, outside any transaction; then
 * the child is admitted under its parent's lock, where everything is checked once more. Nothing is
 * left of a child that isn't admitted.
 */
@ApplicationScoped
class AdmittingAChild {
  private final TenantScope tenants;
  private final Snapshots snapshots;
  private final Spools spools;
  private final AppendedRows appended;
  private final CopyingRows copying;
  private final SweepingOrphans orphans;
  private final Admission admission;
  private final ClaimingAFile claiming;
  private final ChildRules rules;
  private final Throughput throughput;
  private final BlastRadius blastRadius;
  private final ActiveAccounts activeAccounts;
  private final Dispatcher dispatcher;
  private final OwedEvents owedEvents;

  AdmittingAChild(
      TenantScope tenants,
      Snapshots snapshots,
      Spools spools,
      AppendedRows appended,
      CopyingRows copying,
      SweepingOrphans orphans,
      Admission admission,
      ClaimingAFile claiming,
      ChildRules rules,
      Throughput throughput,
      BlastRadius blastRadius,
      ActiveAccounts activeAccounts,
      Dispatcher dispatcher,
      OwedEvents owedEvents) {
    this.tenants = tenants;
    this.snapshots = snapshots;
    this.spools = spools;
    this.appended = appended;
    this.copying = copying;
    this.orphans = orphans;
    this.admission = admission;
    this.claiming = claiming;
    this.rules = rules;
    this.throughput = throughput;
    this.blastRadius = blastRadius;
    this.activeAccounts = activeAccounts;
    this.dispatcher = dispatcher;
    this.owedEvents = owedEvents;
  }

  /** The parent as it was found; final, so none of this changes any more. */
  private record Parent(Job job, JobSnapshot admitted) {}

  /**
   * @param kind what sort of child
   * @param choice of the parent's rows
   * @return the child
   * @throws RequestRefused when the parent can't have such a child now, or no row is to be done
   */
  JobSnapshot admit(ChildRequest request, ChildKind kind, CopyingRows.Choice choice) {
    String tenant = request.sight().tenant();
    rules.checkTenant(tenant);
    Parent parent =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  Parent found = checked(request, kind);
                  rules.checkQuota(tenant, kind);
                  return found;
                });
    UUID childId = UuidCreator.getTimeOrderedEpoch();
    boolean keep = false;
    try {
      Copied copied = copy(parent.job(), tenant, childId, choice);
      if (copied.total() == 0 && kind.source() != JobSource.RUN) {
        throw RequestRefused.because(RequestCode.WRONG_STATE, kind.nothingToDo());
      }
      Candidate candidate = candidate(request, kind, parent, childId, copied);
      JobSnapshot child =
          QuarkusTransaction.requiringNew()
              .call(
                  () -> {
                    // Somebody may have closed the parent, or made the same child, meanwhile.
                    var unused = checked(request, kind);
                    return store(candidate, kind);
                  });
      keep = true;
      dispatcher.wakeUp();
      owedEvents.tellLater(tenant, childId);
      return child;
    } finally {
      if (!keep) {
        orphans.discardUnlessAdmitted(childId);
      }
    }
  }

  private Parent checked(ChildRequest request, ChildKind kind) {
    tenants.enter(request.sight().tenant());
    Job job = request.sight().lock(request.parent());
    rules.check(job, kind, request);
    return new Parent(job, snapshots.admitted(job));
  }

  private Copied copy(Job parent, String tenant, UUID childId, CopyingRows.Choice choice) {
    try (ParentRows rows =
        parent.grows()
            ? new ParentTable(appended, tenant, parent.id)
            : ParentSpool.open(spools, tenant, parent.id, parent.sealedRow)) {
      return copying.copy(rows, tenant, childId, choice);
    } catch (NoSuchFileException e) {
      throw ChildRules.closed();
    } catch (StoreFull e) {
      throw e.refusal();
    } catch (IOException e) {
      throw new IllegalStateException("rows could not be copied, jobId=" + parent.id, e);
    }
  }

  private Candidate candidate(
      ChildRequest request, ChildKind kind, Parent parent, UUID childId, Copied copied) {
    Job job = parent.job();
    boolean run = kind.source() == JobSource.RUN;
    boolean undo = kind.source() == JobSource.UNDO;
    boolean dryRun = job.dryRun && !run;
    UUID reverts = undo ? job.id : job.reverts;
    boolean guarded =
        !dryRun && reverts == null && blastRadius.guards(copied.total(), copied.operations());
    return new Candidate(
        childId,
        job.tenant,
        request.actor(),
        kind.source(),
        job.requested,
        copied.operations(),
        job.licenses.isEmpty() ? List.of() : List.of(job.licenses.split(",")),
        run ? parent.admitted().file() : null,
        copied.total(),
        copied.refused(),
        run ? parent.admitted().notices() : List.of(),
        throughput.expected(copied.commands(), copied.toHash()),
        copied.holdsSecrets() ? parent.admitted().secretsUntil() : null,
        null,
        new Terms(
            dryRun,
            null,
            request.maxFailures(),
            job.allowDuplicate,
            guarded ? activeAccounts.count(request.bearer()) : null,
            job.id,
            reverts));
  }

  private JobSnapshot store(Candidate candidate, ChildKind kind) {
    try {
      if (candidate.file() != null) {
        claiming.refuseDuplicate(candidate);
      }
      rules.checkQuota(candidate.tenant(), kind);
      return admission.admit(candidate);
    } catch (SQLException e) {
      throw new IllegalStateException("a job could not be stored", e);
    }
  }
}
