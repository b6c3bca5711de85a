package io.muster.user;

import io.muster.contracts.command.Actor;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A row of a job, in words. */
final class ARow {
  private final String tenant;
  private final UUID jobId;
  private final long row;
  private final Stamp stamp;
  private final String upn;
  private final Map<String, String> properties = new HashMap<>();
  private Operation operation;
  private Actor actor;
  private boolean active;
  private Boolean protectedAccount;
  private List<String> licenses;
  private String sealedPassword;
  private boolean mustChange = true;
  private boolean create;
  private boolean generate = true;
  private Set<Part> parts = Set.of(Part.USER);
  private CommandId undoes;
  private CommandId reverts;
  private boolean dryRun;

  ARow(String tenant, UUID jobId, long row, Stamp stamp, Operation operation, String upn) {
    this.tenant = tenant;
    this.jobId = jobId;
    this.row = row;
    this.stamp = stamp;
    this.operation = operation;
    this.upn = upn;
    this.actor = new Actor("ada@" + tenant + ".example", Set.of("tenant-admin"), Set.of());
    if (operation == Operation.ADD) {
      properties.put("displayName", "Somebody");
    }
  }

  ARow with(String field, String value) {
    properties.put(field, value);
    return this;
  }

  ARow by(String role, String... units) {
    actor = new Actor("bob@" + tenant + ".example", Set.of(role), Set.of(units));
    return this;
  }

  ARow active() {
    active = true;
    return this;
  }

  ARow protect(boolean word) {
    protectedAccount = word;
    return this;
  }

  ARow licenses(String... skus) {
    licenses = List.of(skus);
    return withLicensePart();
  }

  ARow withLicensePart() {
    parts = Set.of(Part.USER, Part.LICENSE);
    return this;
  }

  ARow userPartOnly() {
    parts = Set.of(Part.USER);
    return this;
  }

  ARow password(String sealed) {
    sealedPassword = sealed;
    return this;
  }

  ARow thatMayStay() {
    mustChange = false;
    return this;
  }

  /** It makes the account where there is none. */
  ARow thatMayMake() {
    create = true;
    return this;
  }

  ARow makingNoPassword() {
    generate = false;
    return this;
  }

  ARow tryingOut() {
    dryRun = true;
    return this;
  }

  /** A row of an undo job. */
  ARow takingBack(UserCommand command) {
    reverts = command.id();
    operation = command.operation();
    parts = command.parts();
    return this;
  }

  /** What license-service sends when it has refused this row's other part. */
  static UserCommand undoOf(UserCommand command) {
    ARow row =
        new ARow(
            command.tenant(),
            command.jobId(),
            command.row(),
            command.stamp(),
            Operation.ENABLE,
            command.userPrincipalName());
    row.parts = command.parts();
    row.undoes = command.id();
    row.dryRun = command.dryRun();
    return row.command();
  }

  UserCommand command() {
    return new UserCommand(
        tenant,
        jobId,
        row,
        stamp,
        operation,
        upn,
        create,
        active,
        protectedAccount,
        properties,
        licenses,
        sealedPassword,
        false,
        mustChange,
        generate,
        actor,
        parts,
        undoes,
        reverts,
        dryRun);
  }
}
