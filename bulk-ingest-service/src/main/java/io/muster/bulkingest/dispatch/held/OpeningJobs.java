package io.muster.bulkingest.dispatch.held;

import io.muster.bulkingest.dispatch.held.OpenJob.Failures;
import io.muster.bulkingest.dispatch.held.OpenJob.Removals;
import io.muster.bulkingest.dispatch.lease.Checkpoints.Checkpoint;
import io.muster.bulkingest.dispatch.row.CommandsOfAJob;
import io.muster.bulkingest.dispatch.row.OneRow;
import io.muster.bulkingest.dispatch.row.RowsOfATable;
import io.muster.bulkingest.dispatch.row.RowsToSend;
import io.muster.bulkingest.dispatch.row.SpooledRows;
import io.muster.bulkingest.dispatch.window.FinishedRows.Counts;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.bulkingest.guard.FailureGuard;
import io.muster.bulkingest.guard.FailureLimit;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.Snapshots;
import io.muster.bulkingest.spool.SpoolReader;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.Spools;
import io.muster.bulkingest.stream.outcome.GrowingJobs;
import io.muster.bulkingest.stream.row.AppendedRows;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.Actor;
import io.muster.contracts.job.JobSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.UUID;

/**
 * Opens a claimed job at its checkpoint: its spool, its table, or the one row that it keeps itself.
 * A job that grows has no guards of its own: a share of rows that are yet to come means nothing,
 * and whatever feeds it has a valve. Its rows count for the tenant's other jobs.
 */
@ApplicationScoped
public class OpeningJobs {
  private final TenantScope tenants;
  private final Snapshots snapshots;
  private final Spools spools;
  private final BlastRadius blastRadius;
  private final FailureGuard failureGuard;
  private final AppendedRows appended;
  private final GrowingJobs growing;

  OpeningJobs(
      TenantScope tenants,
      Snapshots snapshots,
      Spools spools,
      BlastRadius blastRadius,
      FailureGuard failureGuard,
      AppendedRows appended,
      GrowingJobs growing) {
    this.appended = appended;
    this.growing = growing;
    this.tenants = tenants;
    this.snapshots = snapshots;
    this.spools = spools;
    this.blastRadius = blastRadius;
    this.failureGuard = failureGuard;
  }

  private record Opened(
      Actor actor,
      byte[] sealedRow,
      boolean grows,
      boolean dryRun,
      UUID reverts,
      Removals removals,
      Failures failures) {}

  OpenJob open(Checkpoint claimed) throws IOException {
    String tenant = claimed.job().tenant();
    UUID jobId = claimed.job().jobId();
    Opened opened =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  tenants.enter(tenant);
                  Job job = Job.of(tenant, jobId).orElseThrow();
                  return new Opened(
                      snapshots.actor(job),
                      job.sealedRow,
                      job.grows(),
                      job.dryRun,
                      job.reverts,
                      removals(job),
                      failures(job));
                });
    CommandsOfAJob commands =
        new CommandsOfAJob(tenant, jobId, opened.actor(), opened.dryRun(), opened.reverts());
    return new OpenJob(
        claimed, rows(claimed, opened, commands), opened.removals(), opened.failures());
  }

  /** A single call that was handed over, out of what its admission knew. */
  OpenJob open(HandedOver.Single single) {
    Checkpoint start = single.checkpoint();
    CommandsOfAJob commands =
        new CommandsOfAJob(start.job().tenant(), start.job().jobId(), single.actor(), false, null);
    return OpenJob.handedOver(start, new OneRow(commands, start.submission(), single.row()));
  }

  private RowsToSend rows(Checkpoint claimed, Opened opened, CommandsOfAJob commands)
      throws IOException {
    if (opened.grows()) {
      // What is sent from here may come back at once.
      growing.add(commands.tenant(), commands.jobId());
      return new RowsOfATable(appended, commands, claimed.ackedRow());
    }
    if (opened.sealedRow() != null) {
      SpooledRow row = spools.open(commands.tenant(), commands.jobId(), opened.sealedRow());
      return new OneRow(commands, claimed.submission(), row);
    }
    SpoolReader reader = spools.open(commands.tenant(), commands.jobId());
    reader.seek(claimed.ackedRow() + 1);
    return new SpooledRows(reader, commands, claimed.submission(), claimed.ackedRow());
  }

  private Removals removals(Job job) {
    boolean counted = !job.dryRun && job.reverts == null;
    boolean guarded =
        counted
            && !job.grows()
            && !job.blastRadiusDisarmed
            && blastRadius.guards(job.total, snapshots.admitted(job).operations());
    return new Removals(
        counted,
        guarded ? blastRadius.limit(job.activeAccounts) : BlastRadius.UNLIMITED,
        job.activeAccounts);
  }

  private Failures failures(Job job) {
    FailureLimit limit =
        job.maxFailuresDisarmed || job.grows()
            ? null
            : failureGuard
                .limit(
                    job.total,
                    job.dryRun || job.reverts != null,
                    job.maxFailures,
                    job.source == JobSource.SCIM)
                .orElse(null);
    return new Failures(limit, new Counts(job.succeeded + job.failed, job.failed));
  }
}
