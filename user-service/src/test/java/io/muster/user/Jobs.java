package io.muster.user;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A job's commands, in words. */
final class Jobs {
  private static final AtomicLong SUBMISSIONS = new AtomicLong();

  final UUID id;
  final String tenant;
  private final Stamp first = new Stamp(SUBMISSIONS.incrementAndGet(), 1);
  private Set<String> roles = Set.of("tenant-admin");

  private Jobs(String tenant, Instant made) {
    this.tenant = tenant;
    this.id = UuidCreator.getTimeOrderedEpoch(made);
  }

  static Jobs aJobOf(String tenant) {
    return new Jobs(tenant, Instant.now());
  }

  /** One that was made at noon of that day. */
  static Jobs aJobMadeOn(LocalDate day, String tenant) {
    return new Jobs(tenant, day.atTime(12, 0).toInstant(ZoneOffset.UTC));
  }

  static String aTenant() {
    return "t" + UuidCreator.getTimeOrderedEpoch().toString().replace("-", "");
  }

  Jobs submittedAs(String role) {
    roles = Set.of(role);
    return this;
  }

  /** Any row; {@link ARow} has the words. */
  ARow a(Operation operation, long row, String upn) {
    return new ARow(tenant, id, row, stamp(row), operation, upn);
  }

  UserCommand add(long row, String upn, String... columns) {
    return add(row, upn, false, false, columns);
  }

  UserCommand addActive(long row, String upn, String... columns) {
    return add(row, upn, true, false, columns);
  }

  UserCommand tryOut(long row, String upn, String... columns) {
    return add(row, upn, false, true, columns);
  }

  /** A row of an enable file without licenses. */
  UserCommand enable(long row, String upn, String sealedPassword) {
    return command(Operation.ENABLE, row, upn, false, false, Map.of(), sealedPassword, null);
  }

  /** What license-service sends when it has refused that row's other part. */
  UserCommand undo(UserCommand command) {
    return command(
        command.operation(),
        command.row(),
        command.userPrincipalName(),
        false,
        false,
        Map.of(),
        null,
        command.id());
  }

  UserCommand addWithPassword(long row, String upn, String sealedPassword) {
    return command(
        Operation.ADD, row, upn, false, false, Map.of("displayName", "P"), sealedPassword, null);
  }

  Stamp stamp(long row) {
    return new Stamp(first.submission(), row);
  }

  UserCommand doing(Operation operation, long row, String upn) {
    return command(operation, row, upn, false, false, Map.of());
  }

  private UserCommand add(long row, String upn, boolean active, boolean dryRun, String... columns) {
    Map<String, String> properties = new HashMap<>();
    properties.put("displayName", "User " + row);
    for (int i = 0; i < columns.length; i += 2) {
      properties.put(columns[i], columns[i + 1]);
    }
    return command(Operation.ADD, row, upn, active, dryRun, properties);
  }

  private UserCommand command(
      Operation operation,
      long row,
      String upn,
      boolean active,
      boolean dryRun,
      Map<String, String> properties) {
    return command(operation, row, upn, active, dryRun, properties, null, null);
  }

  private UserCommand command(
      Operation operation,
      long row,
      String upn,
      boolean active,
      boolean dryRun,
      Map<String, String> properties,
      String sealedPassword,
      CommandId undoes) {
    return new UserCommand(
        tenant,
        id,
        row,
        stamp(row),
        operation,
        upn,
        false,
        active,
        null,
        properties,
        null,
        sealedPassword,
        false,
        true,
        true,
        new Actor("ada@" + tenant + ".example", roles, Set.of()),
        Set.of(Part.USER),
        undoes,
        null,
        dryRun);
  }
}
