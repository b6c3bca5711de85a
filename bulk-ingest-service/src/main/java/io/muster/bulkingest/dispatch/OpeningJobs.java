package io.muster.bulkingest.dispatch;

import io.muster.bulkingest.dispatch.Checkpoints.Checkpoint;
import io.muster.bulkingest.job.Job;
import io.muster.bulkingest.job.Snapshots;
import io.muster.bulkingest.spool.SpoolReader;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.Spools;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Opens a claimed job at its checkpoint: its spool, or the one row that it keeps itself. */
@ApplicationScoped
public class OpeningJobs {
  /** Rows read for one slice at most, so that a run of refused ones doesn't hold the others up. */
  private static final int ROWS_PER_SLICE = 20_000;

  private static final Set<Part> PARTS = Set.of(Part.USER);

  private final TenantScope tenants;
  private final Snapshots snapshots;
  private final Spools spools;

  OpeningJobs(TenantScope tenants, Snapshots snapshots, Spools spools) {
    this.tenants = tenants;
    this.snapshots = snapshots;
    this.spools = spools;
  }

  private record Opened(Actor actor, byte[] sealedRow, boolean dryRun) {}

  OpenJob open(Checkpoint claimed) throws IOException {
    String tenant = claimed.job().tenant();
    UUID jobId = claimed.job().jobId();
    Opened opened =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  tenants.enter(tenant);
                  Job job = Job.of(tenant, jobId).orElseThrow();
                  return new Opened(snapshots.actor(job), job.sealedRow, job.dryRun);
                });
    Commands commands =
        new Commands(tenant, jobId, claimed.submission(), opened.actor(), opened.dryRun());
    if (opened.sealedRow() != null) {
      SpooledRow row = spools.open(tenant, jobId, opened.sealedRow());
      return new OpenJob(claimed, new OneRow(commands.of(row)));
    }
    SpoolReader reader = spools.open(tenant, jobId);
    reader.seek(claimed.ackedRow() + 1);
    return new OpenJob(claimed, new SpooledRows(reader, commands, claimed.ackedRow()));
  }

  /** What all commands of a job have in common. */
  private record Commands(String tenant, UUID jobId, long submission, Actor actor, boolean dryRun) {
    UserCommand of(SpooledRow row) {
      return new UserCommand(
          tenant,
          jobId,
          row.row(),
          new Stamp(submission, row.row()),
          row.operation(),
          row.userPrincipalName(),
          false,
          row.active(),
          row.protectedAccount(),
          row.properties(),
          null,
          true,
          actor,
          PARTS,
          null,
          dryRun);
    }
  }

  private record OneRow(UserCommand command) implements RowsToSend {
    @Override
    public Slice read(long lastRow, int commands) {
      return new Slice(List.of(command), 1);
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
    public Slice read(long lastRow, int atMost) throws IOException {
      List<UserCommand> slice = new ArrayList<>(atMost);
      long stop = Math.min(lastRow, readRow + ROWS_PER_SLICE);
      while (readRow < stop && slice.size() < atMost) {
        SpooledRow row = reader.next();
        if (row == null) {
          throw new IOException("a spool ends before its job's total, jobId=" + commands.jobId());
        }
        readRow = row.row();
        if (!row.isRefused()) {
          slice.add(commands.of(row));
        }
      }
      return new Slice(slice, readRow);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
