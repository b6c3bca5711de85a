package io.muster.license;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.Stamp;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Commands of one job, as its dispatcher makes them. */
public final class Commands {
  private static final Actor ADMIN = new Actor("ada", Set.of("tenant-admin"), Set.of());

  private final String tenant;
  private final UUID job = UuidCreator.getTimeOrderedEpoch();
  private final long submission;

  public Commands(String tenant, long submission) {
    this.tenant = tenant;
    this.submission = submission;
  }

  public LicenseCommand take(long row, String upn, String... skus) {
    return command(row, Action.TAKE, upn, List.of(skus), ADMIN, null, false);
  }

  public LicenseCommand takeAs(String role, long row, String upn, String... skus) {
    Actor actor = new Actor("someone", Set.of(role), Set.of());
    return command(row, Action.TAKE, upn, List.of(skus), actor, null, false);
  }

  public LicenseCommand tryTake(long row, String upn, String... skus) {
    return command(row, Action.TAKE, upn, List.of(skus), ADMIN, null, true);
  }

  /** Without SKUs: all that the user holds. */
  public LicenseCommand release(long row, String upn, String... skus) {
    Actor anybody = new Actor("someone", Set.of("hr-feed"), Set.of());
    return command(row, Action.RELEASE, upn, List.of(skus), anybody, null, false);
  }

  public LicenseCommand action(Action action, long row, String upn, String... skus) {
    return command(row, action, upn, List.of(skus), ADMIN, null, false);
  }

  /** As user-service sends it when its own part of the row was refused. */
  public static LicenseCommand undo(LicenseCommand take) {
    return new LicenseCommand(
        take.tenant(),
        take.jobId(),
        take.row(),
        take.stamp(),
        Action.UNDO,
        take.subscriptions(),
        take.userPrincipalName(),
        null,
        take.actor(),
        take.parts(),
        new CommandId(take.jobId(), take.row()),
        null,
        null,
        take.dryRun());
  }

  private LicenseCommand command(
      long row,
      Action action,
      String upn,
      List<String> skus,
      Actor actor,
      CommandId undoes,
      boolean dryRun) {
    return new LicenseCommand(
        tenant,
        job,
        row,
        new Stamp(submission, row),
        action,
        skus,
        upn,
        null,
        actor,
        Set.of(Part.USER, Part.LICENSE),
        undoes,
        null,
        null,
        dryRun);
  }
}
