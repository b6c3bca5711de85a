package io.muster.bulkingest.orders;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.bulkingest.admission.Admission;
import io.muster.bulkingest.admission.AdmittingAFile;
import io.muster.bulkingest.admission.AllowedOperations;
import io.muster.bulkingest.admission.SweepingOrphans;
import io.muster.bulkingest.dispatch.Dispatcher;
import io.muster.bulkingest.dispatch.turn.SinglesInLine;
import io.muster.bulkingest.dispatch.window.Throughput;
import io.muster.bulkingest.guard.ActiveAccounts;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.bulkingest.guard.FailureLimit;
import io.muster.bulkingest.job.OwedEvents;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.Spools;
import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.Actor;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.RequestCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Takes orders of an identity tool in, all of a request as one job: one row is kept beside the job
 * as a single call's is, several go into a spool.
 */
@ApplicationScoped
class AdmittingOrders {
  private final SinglesInLine line;
  private final JudgingOrders judging;
  private final SpoolingOrders spooling;
  private final Spools spools;
  private final TenantScope tenants;
  private final Admission admission;
  private final SweepingOrphans orphans;
  private final Throughput throughput;
  private final BlastRadius blastRadius;
  private final ActiveAccounts activeAccounts;
  private final Dispatcher dispatcher;
  private final OwedEvents owedEvents;

  AdmittingOrders(
      SinglesInLine line,
      JudgingOrders judging,
      SpoolingOrders spooling,
      Spools spools,
      TenantScope tenants,
      Admission admission,
      SweepingOrphans orphans,
      Throughput throughput,
      BlastRadius blastRadius,
      ActiveAccounts activeAccounts,
      Dispatcher dispatcher,
      OwedEvents owedEvents) {
    this.line = line;
    this.judging = judging;
    this.spooling = spooling;
    this.spools = spools;
    this.tenants = tenants;
    this.admission = admission;
    this.orphans = orphans;
    this.throughput = throughput;
    this.blastRadius = blastRadius;
    this.activeAccounts = activeAccounts;
    this.dispatcher = dispatcher;
    this.owedEvents = owedEvents;
  }

  /**
   * @param mostErrors the job stops at so many failed rows, and no order is looked at behind so
   *     many refused ones; 0 for no such limit
   * @param bearer the caller's Authorization header
   * @throws RequestRefused for what can't be an order, and when the tenant may begin nothing new
   */
  AdmittedOrders admit(
      List<Order> orders, int mostErrors, String tenant, Actor actor, String bearer) {
    line.comeBackAfter()
        .ifPresent(
            wait -> {
              throw RequestRefused.because(
                      RequestCode.TOO_MANY_REQUESTS,
                      "More calls on single users are waiting than the system does in a moment: try"
                          + " again after Retry-After seconds.")
                  .with(Problem.RETRY_AFTER, (int) Math.min(60, wait.toSeconds() + 1));
            });
    JudgedOrders judged = judging.judge(orders, mostErrors, tenant, actor);
    if (judged.allRefused()) {
      return new AdmittedOrders(null, judged.taken(), judged.refused());
    }
    AllowedOperations.check(actor, judged.mostOften());
    UUID jobId = UuidCreator.getTimeOrderedEpoch();
    boolean keep = false;
    try {
      byte[] sealedRow = sealedRow(judged.rows(), tenant, jobId);
      Admission.Candidate candidate =
          candidate(judged, mostErrors, jobId, tenant, actor, sealedRow, bearer);
      JobSnapshot job = store(candidate);
      keep = true;
      dispatcher.wakeUp();
      owedEvents.tellLater(tenant, jobId);
      return new AdmittedOrders(job, judged.taken(), judged.refused());
    } finally {
      if (!keep) {
        orphans.discardUnlessAdmitted(jobId);
      }
    }
  }

  /** Null for several rows, which are in their spool then. */
  private byte[] sealedRow(List<SpooledRow> rows, String tenant, UUID jobId) {
    if (rows.size() == 1) {
      return spools.seal(tenant, jobId, rows.get(0));
    }
    spooling.spool(rows, tenant, jobId);
    return null;
  }

  private Admission.Candidate candidate(
      JudgedOrders judged,
      int mostErrors,
      UUID jobId,
      String tenant,
      Actor actor,
      byte[] sealedRow,
      String bearer) {
    long total = judged.rows().size();
    // What is refused here is an error as well; of the others so many may fail before it stops.
    int left = mostErrors - judged.refused().size() - 1;
    FailureLimit limit =
        mostErrors > 0 && sealedRow == null ? new FailureLimit(Math.max(left, 0), false) : null;
    boolean guarded = blastRadius.guards(total, judged.operations());
    return new Admission.Candidate(
        jobId,
        tenant,
        actor,
        JobSource.SCIM,
        judged.mostOften(),
        judged.operations(),
        List.of(),
        null,
        total,
        judged.refusedByCode(),
        List.of(),
        sealedRow == null
            ? throughput.expected(judged.commands(), judged.toHash())
            : Duration.ofSeconds(1),
        judged.holdsSecrets() ? AdmittingAFile.secretsUntil(jobId) : null,
        sealedRow,
        new Admission.Terms(
            false, null, limit, false, guarded ? activeAccounts.count(bearer) : null, null, null));
  }

  private JobSnapshot store(Admission.Candidate candidate) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(candidate.tenant());
              try {
                return admission.admit(candidate);
              } catch (SQLException e) {
                throw new IllegalStateException("a job could not be stored", e);
              }
            });
  }
}
