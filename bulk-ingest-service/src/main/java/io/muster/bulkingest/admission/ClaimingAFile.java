package io.muster.bulkingest.admission;

import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.Snapshots;
import io.muster.bulkingest.tenants.CheckingQuotas;
import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.RequestCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides, in one transaction, whether a whole and valid upload is new: the idempotency key is
 * looked up before the digest, so that a repeated request gets its job and not a refusal.
 */
@ApplicationScoped
public class ClaimingAFile {
  private final TenantScope tenants;
  private final Claims claims;
  private final Admission admission;
  private final Snapshots snapshots;
  private final CheckingQuotas quotas;

  ClaimingAFile(
      TenantScope tenants,
      Claims claims,
      Admission admission,
      Snapshots snapshots,
      CheckingQuotas quotas) {
    this.tenants = tenants;
    this.claims = claims;
    this.admission = admission;
    this.snapshots = snapshots;
    this.quotas = quotas;
  }

  /**
   * The job that the upload has become.
   *
   * @param isNew false when the same request had it before; the new spool is of no use then
   */
  record Claimed(JobSnapshot job, boolean isNew) {}

  /**
   * @param key the request's idempotency key; empty when it had none
   * @throws RequestRefused IDEMPOTENCY_KEY_REUSED, DUPLICATE_FILE, or TOO_MANY_REQUESTS for the
   *     tenant's open jobs; nothing is stored then
   */
  @Transactional
  Claimed claim(
      Admission.Candidate candidate, Optional<String> key, SubmissionParameters parameters)
      throws SQLException {
    String tenant = candidate.tenant();
    String subject = candidate.actor().subject();
    tenants.enter(tenant);
    String request = parameters.digest(candidate.file().sha256());
    if (key.isPresent()) {
      Optional<Claims.Earlier> earlier = claims.lockKey(tenant, subject, key.get());
      if (earlier.isPresent()) {
        return sameRequest(tenant, request, earlier.get());
      }
    }
    refuseDuplicate(candidate);
    quotas.checkOpenJobs(tenant);
    JobSnapshot job = admission.admit(candidate);
    if (key.isPresent()) {
      claims.claimKey(tenant, subject, key.get(), request, job.id());
    }
    return new Claimed(job, true);
  }

  /**
   * A dry run does nothing twice, so it is never a duplicate. In the transaction that admits the
   * job.
   *
   * @throws RequestRefused DUPLICATE_FILE, with the earlier job
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void refuseDuplicate(Admission.Candidate candidate) throws SQLException {
    Optional<UUID> duplicate =
        claims.lockFile(
            candidate.tenant(),
            candidate.file().sha256(),
            candidate.requested(),
            String.join(",", candidate.licenses()));
    boolean counts = !candidate.terms().dryRun() && !candidate.terms().allowDuplicate();
    if (duplicate.isPresent() && counts) {
      throw duplicateOf(candidate.tenant(), duplicate.get());
    }
  }

  private Claimed sameRequest(String tenant, String request, Claims.Earlier earlier) {
    Optional<Job> job = Job.of(tenant, earlier.jobId());
    if (job.isEmpty() || !earlier.requestSha256().equals(request)) {
      throw RequestRefused.because(
          RequestCode.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key belongs to another file, operation or set of parameters."
              + " Use a new key for a new request.");
    }
    return new Claimed(snapshots.of(job.get()), false);
  }

  private static RequestRefused duplicateOf(String tenant, UUID earlier) {
    String submittedAt =
        Job.of(tenant, earlier).map(job -> job.submittedAt.toString()).orElse("earlier");
    return RequestRefused.because(
            RequestCode.DUPLICATE_FILE,
            "The same file was uploaded at "
                + submittedAt
                + " as job "
                + earlier
                + ". Look at that job, or upload again with allowDuplicate=true.")
        .with("job", earlier)
        .with("links", java.util.Map.of("job", "/v1/jobs/" + earlier));
  }
}
