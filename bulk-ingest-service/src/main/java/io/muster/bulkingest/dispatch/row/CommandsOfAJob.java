package io.muster.bulkingest.dispatch.row;

import io.muster.bulkingest.dispatch.window.RowCommands;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Makes commands of a job's rows.
 *
 * @param actor who submitted it
 * @param reverts the job whose rows are taken back; null for all but undo jobs
 */
public record CommandsOfAJob(String tenant, UUID jobId, Actor actor, boolean dryRun, UUID reverts) {
  /**
   * @param submission of the job, or of the rows that were appended together
   */
  RowCommands of(SpooledRow row, long submission) {
    Stamp stamp = new Stamp(submission, row.row());
    Set<Part> parts = row.parts();
    // All but the taking of seats is told to license-service by user-service, once it was done;
    // so is the taking back of it.
    boolean takesSeats = reverts == null && !row.licenses().isEmpty();
    return new RowCommands(user(row, stamp, parts), takesSeats ? license(row, stamp, parts) : null);
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
