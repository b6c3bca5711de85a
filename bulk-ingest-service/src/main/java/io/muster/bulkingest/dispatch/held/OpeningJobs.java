package io.muster.bulkingest.dispatch.held;

import io.muster.bulkingest.dispatch.held.OpenJob.Failures;
import io.muster.bulkingest.dispatch.held.OpenJob.Removals;
import io.muster.bulkingest.dispatch.lease.Checkpoints.Checkpoint;
import io.muster.bulkingest.dispatch.window.FinishedRows.Counts;
import io.muster.bulkingest.dispatch.window.RowCommands;
import io.muster.bulkingest.dispatch.window.RowCosts;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.bulkingest.guard.FailureGuard;
import io.muster.bulkingest.guard.FailureLimit;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.Snapshots;
import io.muster.bulkingest.spool.SpoolReader;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.Spools;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.job.JobSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Opens a claimed job at its checkpoint: its spool, or the one row that it keeps itself. */
@ApplicationScoped
public class OpeningJobs {
  /** Rows read for one slice at most, so that a run of refused ones doesn't hold the others up. */
  private static final int ROWS_PER_SLICE = 20_000;

  private final TenantScope tenants;
  private final Snapshots snapshots;
  private final Spools spools;
  private final BlastRadius blastRadius;
  private final FailureGuard failureGuard;

  OpeningJobs(
      TenantScope tenants,
      Snapshots snapshots,
      Spools spools,
      BlastRadius blastRadius,
      FailureGuard failureGuard) {
    this.tenants = tenants;
    this.snapshots = snapshots;
    this.spools = spools;
    this.blastRadius = blastRadius;
    this.failureGuard = failureGuard;
  }

  private record Opened(
      Actor actor,
      byte[] sealedRow,
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
                      job.dryRun,
                      job.reverts,
                      removals(job),
                      failures(job));
                });
    Commands commands =
        new Commands(
            tenant, jobId, claimed.submission(), opened.actor(), opened.dryRun(), opened.reverts());
    if (opened.sealedRow() != null) {
      SpooledRow row = spools.open(tenant, jobId, opened.sealedRow());
      return new OpenJob(
          claimed, new OneRow(commands.of(row)), opened.removals(), opened.failures());
    }
    SpoolReader reader = spools.open(tenant, jobId);
    reader.seek(claimed.ackedRow() + 1);
    return new OpenJob(
        claimed,
        new SpooledRows(reader, commands, claimed.ackedRow()),
        opened.removals(),
        opened.failures());
  }

  private Removals removals(Job job) {
    boolean counted = !job.dryRun && job.reverts == null;
    boolean guarded =
        counted
            && !job.blastRadiusDisarmed
            && blastRadius.guards(job.total, snapshots.admitted(job).operations());
    return new Removals(
        counted,
        guarded ? blastRadius.limit(job.activeAccounts) : BlastRadius.UNLIMITED,
        job.activeAccounts);
  }

  private Failures failures(Job job) {
    FailureLimit limit =
        job.maxFailuresDisarmed
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

  /** What all commands of a job have in common. */
  private record Commands(
      String tenant, UUID jobId, long submission, Actor actor, boolean dryRun, UUID reverts) {
    RowCommands of(SpooledRow row) {
      Stamp stamp = new Stamp(submission, row.row());
      Set<Part> parts = row.parts();
      // All but the taking of seats is told to license-service by user-service, once it was done;
      // so is the taking back of it.
      boolean takesSeats = reverts == null && !row.licenses().isEmpty();
      return new RowCommands(
          user(row, stamp, parts), takesSeats ? license(row, stamp, parts) : null);
    }

    private UserCommand user(SpooledRow row, Stamp stamp, Set<Part> parts) {
      return new UserCommand(
          tenant,
          jobId,
          row.row(),
          stamp,
          row.operation(),
          row.userPrincipalName(),
          row.create() && reverts == null,
          row.active(),
          row.protectedAccount(),
          row.operation() == Operation.ENABLE && !row.create() ? Map.of() : row.properties(),
          row.exactLicenses(),
          row.sealedPassword(),
          row.passwordIsHash(),
          row.mustChangePassword(),
          row.generates(),
          actor,
          parts,
          null,
          reverts == null ? null : new CommandId(reverts, row.revertedRow()),
          dryRun);
    }

    private LicenseCommand license(SpooledRow row, Stamp stamp, Set<Part> parts) {
      return new LicenseCommand(
          tenant,
          jobId,
          row.row(),
          stamp,
          LicenseCommand.Action.TAKE,
          row.licenses(),
          row.userPrincipalName(),
          null,
          actor,
          parts,
          null,
          null,
          null,
          dryRun);
    }
  }

  private record OneRow(RowCommands row) implements RowsToSend {
    @Override
    public Slice read(long lastRow, RowCosts costs, long cost, long removals) {
      return new Slice(List.of(row), 1, costs.of(row), false);
    }

    @Override
    public long leastCost(RowCosts costs) {
      return costs.of(row);
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  private static final class SpooledRows implements RowsToSend {
    private final SpoolReader reader;
    private final Commands commands;
    private long readRow;

    SpooledRows(SpoolReader reader, Commands commands, long readRow) {
      this.reader = reader;
      this.commands = commands;
      this.readRow = readRow;
    }

    @Override
    public Slice read(long lastRow, RowCosts costs, long atMost, long removals) throws IOException {
      List<RowCommands> slice = new ArrayList<>();
      long cost = 0;
      long left = removals;
      long stop = Math.min(lastRow, readRow + ROWS_PER_SLICE);
      while (readRow < stop && cost < atMost) {
        SpooledRow row = reader.next();
        if (row == null) {
          throw new IOException("a spool ends before its job's total, jobId=" + commands.jobId());
        }
        if (!row.isRefused() && BlastRadius.counts(row.operation()) && left-- == 0) {
          return new Slice(slice, readRow, cost, true);
        }
        readRow = row.row();
        if (!row.isRefused()) {
          RowCommands sent = commands.of(row);
          slice.add(sent);
          cost += costs.of(sent);
        }
      }
      return new Slice(slice, readRow, cost, false);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
