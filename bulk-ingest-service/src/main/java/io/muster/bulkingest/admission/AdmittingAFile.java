package io.muster.bulkingest.admission;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.util.UuidUtil;
import io.muster.bulkingest.dispatch.Dispatcher;
import io.muster.bulkingest.dispatch.window.Throughput;
import io.muster.bulkingest.guard.ActiveAccounts;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.bulkingest.job.OwedEvents;
import io.muster.bulkingest.spool.StoreFull;
import io.muster.bulkingest.tenants.CheckingQuotas;
import io.muster.bulkingest.upload.SplitUpload;
import io.muster.bulkingest.upload.SplittingAnUpload;
import io.muster.bulkingest.upload.UploadRequest;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.Actor;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.RequestCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Takes a file in: read to its last byte, sealed, on the disk, claimed. Only then is there a job;
 * an upload that breaks off, or is refused, leaves nothing behind.
 */
@ApplicationScoped
public class AdmittingAFile {
  private static final Logger LOG = Logger.getLogger(AdmittingAFile.class);
  private static final int LONGEST_KEY = 255;

  /** DESIGN.md: for so long the key that opens given passwords is kept, at the least. */
  private static final Duration SECRETS_STAY = Duration.ofDays(14);

  private final CheckingQuotas quotas;
  private final SplittingAnUpload splitting;
  private final ClaimingAFile claiming;
  private final SweepingOrphans orphans;
  private final Throughput throughput;
  private final BlastRadius blastRadius;
  private final ActiveAccounts activeAccounts;
  private final Dispatcher dispatcher;
  private final OwedEvents owedEvents;

  AdmittingAFile(
      CheckingQuotas quotas,
      SplittingAnUpload splitting,
      ClaimingAFile claiming,
      SweepingOrphans orphans,
      Throughput throughput,
      BlastRadius blastRadius,
      ActiveAccounts activeAccounts,
      Dispatcher dispatcher,
      OwedEvents owedEvents) {
    this.quotas = quotas;
    this.splitting = splitting;
    this.claiming = claiming;
    this.orphans = orphans;
    this.throughput = throughput;
    this.blastRadius = blastRadius;
    this.activeAccounts = activeAccounts;
    this.dispatcher = dispatcher;
    this.owedEvents = owedEvents;
  }

  /**
   * An upload as it came.
   *
   * @param bearer the caller's Authorization header
   * @param contentEncoding the header; null when there was none
   */
  record Upload(
      InputStream body,
      String bearer,
      String contentEncoding,
      Optional<String> idempotencyKey,
      Optional<String> fileName) {}

  /**
   * @return the new job, or the one that the same request had before
   * @throws RequestRefused when the file, or the request, can't be used
   */
  JobSnapshot admit(Upload upload, SubmissionParameters parameters, String tenant, Actor actor) {
    AllowedOperations.check(actor, parameters.operation());
    Optional<String> key = upload.idempotencyKey().map(AdmittingAFile::checkedKey);
    UUID jobId = UuidCreator.getTimeOrderedEpoch();
    UploadRequest request =
        new UploadRequest(
            tenant,
            jobId,
            parameters.operation(),
            actor.roles(),
            parameters.licenses(),
            parameters.fill(),
            quotas.ofUpload(tenant, key.isPresent()),
            upload.contentEncoding(),
            FileName.of(upload.fileName().orElse(null)));
    try (SplitUpload split = splitting.split(upload.body(), request)) {
      split.durable();
      return claim(split, parameters, key, jobId, tenant, actor, upload.bearer());
    } catch (StoreFull e) {
      throw e.refusal();
    } catch (IOException e) {
      // Either the client went away, and then nobody reads this answer, or the disk failed.
      LOG.warnf("an upload was not taken: %s", e.getClass().getName());
      throw RequestRefused.because(
          RequestCode.UNAVAILABLE, "The upload broke off or could not be stored: send it again.");
    }
  }

  private JobSnapshot claim(
      SplitUpload split,
      SubmissionParameters parameters,
      Optional<String> key,
      UUID jobId,
      String tenant,
      Actor actor,
      String bearer) {
    boolean keep = false;
    try {
      ClaimingAFile.Claimed claimed =
          claiming.claim(
              candidate(split, parameters, jobId, tenant, actor, bearer), key, parameters);
      keep = claimed.isNew();
      if (claimed.isNew()) {
        dispatcher.wakeUp();
        owedEvents.tellLater(tenant, jobId);
      }
      return claimed.job();
    } catch (SQLException e) {
      throw new IllegalStateException("a job could not be stored", e);
    } finally {
      if (!keep) {
        orphans.discardUnlessAdmitted(jobId);
      }
    }
  }

  private Admission.Candidate candidate(
      SplitUpload split,
      SubmissionParameters parameters,
      UUID jobId,
      String tenant,
      Actor actor,
      String bearer) {
    boolean guarded = !parameters.dryRun() && blastRadius.guards(split.total(), split.operations());
    return new Admission.Candidate(
        jobId,
        tenant,
        actor,
        JobSource.FILE,
        parameters.operation(),
        split.operations(),
        parameters.licenses(),
        split.file(),
        split.total(),
        split.refused(),
        split.notices(),
        throughput.expected(split.commands(), split.givenPasswords()),
        split.holdsSecrets() ? secretsUntil(jobId) : null,
        null,
        new Admission.Terms(
            parameters.dryRun(),
            startAt(parameters, split, jobId),
            parameters.maxFailures(),
            parameters.allowDuplicate(),
            guarded ? activeAccounts.count(bearer) : null,
            null,
            null));
  }

  private static Instant startAt(SubmissionParameters parameters, SplitUpload split, UUID jobId) {
    Instant startAt = parameters.startAt();
    if (startAt != null && split.holdsSecrets() && !startAt.isBefore(secretsUntil(jobId))) {
      throw RequestRefused.invalid(
          "startAt",
          "Given passwords are kept until "
              + secretsUntil(jobId)
              + ": start the job before that, or leave the passwords out.");
    }
    return startAt;
  }

  /**
   * Counted from the job's beginning, which its id tells: the key of that day goes first, also when
   * the upload ends on the next.
   */
  public static Instant secretsUntil(UUID jobId) {
    return UuidUtil.getInstant(jobId).plus(SECRETS_STAY);
  }

  private static String checkedKey(String key) {
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      throw RequestRefused.invalid(
          "Idempotency-Key", "An idempotency key has 1 to " + LONGEST_KEY + " characters.");
    }
    return key;
  }
}
