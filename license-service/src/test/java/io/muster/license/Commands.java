package io.muster.license;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.Stamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Commands of one job, as its dispatcher makes them. */
public final class Commands {
  private static final Actor ADMIN = new Actor("ada", Set.of("tenant-admin"), Set.of());

  private final String tenant;
  private final UUID job;
  private final long submission;
  private final boolean dryRun;

  public Commands(String tenant, long submission) {
    this(tenant, submission, false, Instant.now());
  }

  private Commands(String tenant, long submission, boolean dryRun, Instant made) {
    this.tenant = tenant;
    this.submission = submission;
    this.dryRun = dryRun;
    this.job = UuidCreator.getTimeOrderedEpoch(made);
  }

  /** A job that was made at noon of that day. */
  public static Commands madeOn(LocalDate day, String tenant, long submission) {
    return new Commands(tenant, submission, false, day.atTime(12, 0).toInstant(ZoneOffset.UTC));
  }

  /** A job that only tries. */
  public static Commands dryRun(String tenant, long submission) {
    return new Commands(tenant, submission, true, Instant.now());
  }

  public UUID job() {
    return job;
  }

  public LicenseCommand take(long row, String upn, String... skus) {
    return command(row, Action.TAKE, upn, List.of(skus), ADMIN);
  }

  public LicenseCommand takeAs(String role, long row, String upn, String... skus) {
    Actor actor = new Actor("someone", Set.of(role), Set.of());
    return command(row, Action.TAKE, upn, List.of(skus), actor);
  }

  /** Without SKUs: all that the user holds. */
  public LicenseCommand release(long row, String upn, String... skus) {
    Actor anybody = new Actor("someone", Set.of("hr-feed"), Set.of());
    return command(row, Action.RELEASE, upn, List.of(skus), anybody);
  }

  /** Without SKUs: none is to be held. */
  public LicenseCommand set(long row, String upn, String... skus) {
    return command(row, Action.SET, upn, List.of(skus), ADMIN);
  }

  public LicenseCommand setAs(String role, long row, String upn, String... skus) {
    Actor actor = new Actor("someone", Set.of(role), Set.of());
    return command(row, Action.SET, upn, List.of(skus), actor);
  }

  /** As user-service sends it when it brought the account back from the recycle bin. */
  public LicenseCommand restore(long row, String upn) {
    return command(row, Action.RESTORE, upn, List.of(), ADMIN);
  }

  /** As user-service sends it for a row of an undo job. */
  public LicenseCommand revert(long row, LicenseCommand earlier) {
    LicenseCommand own = restore(row, earlier.userPrincipalName());
    return new LicenseCommand(
        tenant,
        job,
        row,
        own.stamp(),
        Action.RESTORE,
        List.of(),
        earlier.userPrincipalName(),
        null,
        ADMIN,
        own.parts(),
        null,
        new CommandId(earlier.jobId(), earlier.row()),
        earlier.stamp(),
        dryRun);
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
      long row, Action action, String upn, List<String> skus, Actor actor) {
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
        null,
        null,
        null,
        dryRun);
  }
}
