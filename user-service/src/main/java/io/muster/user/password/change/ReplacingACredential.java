package io.muster.user.password.change;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.inbox.database.DayPartitions;
import io.muster.user.audit.Change;
import io.muster.user.audit.ChangeLog;
import io.muster.user.password.signin.KnownCredential;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Puts a new version of a person's credential in the place of the one that was just verified: the
 * version, the account, the old one's end, the stamp's origin and the audit in one transaction.
 */
@ApplicationScoped
class ReplacingACredential {
  /** Only when nobody else was faster, and nothing newer was decided. */
  private static final String POINT =
      """
      UPDATE account SET credential = 'SET', must_change_password = false, credential_id = ?,
          credential_submission = ?, credential_row = 1, updated_at = ?
      WHERE tenant_id = ? AND id = ? AND state <> 'REMOVED' AND credential_id = ?
        AND (credential_submission, credential_row) < (?, 1)
      RETURNING old.credential_submission, old.credential_row, old.must_change_password
      """;

  private static final String MAKE =
      """
      INSERT INTO credential (
          tenant_id, id, account_id, kind, hash, submission, stamp_row, created_at)
      VALUES (?, ?, ?, 'SET', ?, ?, 1, ?)
      """;

  private static final String SUPERSEDE =
      "UPDATE credential SET superseded_at = ? WHERE tenant_id = ? AND id = ?";

  private static final String ORIGIN =
      "INSERT INTO submission (tenant_id, number, job_id) VALUES (?, ?, ?)";

  private final DataSource dataSource;
  private final TenantScope tenants;
  private final DayPartitions days;
  private final ChangeLog changes;
  private final Clock clock = Clock.systemUTC();

  ReplacingACredential(
      DataSource dataSource, TenantScope tenants, DayPartitions days, ChangeLog changes) {
    this.dataSource = dataSource;
    this.tenants = tenants;
    this.days = days;
    this.changes = changes;
  }

  /** What the audit shows: which version the account points at, never a hash. */
  private record CredentialImage(
      String credential,
      UUID credentialId,
      boolean mustChangePassword,
      long credentialSubmission,
      long credentialRow) {}

  /**
   * @param known the credential that was verified
   * @param hash of the new password
   * @param submission drawn for this change
   * @return false when something newer has changed the credential in the meantime
   */
  boolean replace(String tenant, Actor actor, KnownCredential known, String hash, long submission) {
    Instant now = clock.instant();
    UUID changeId = UuidCreator.getTimeOrderedEpoch();
    long millis = changeId.getMostSignificantBits() >>> 16;
    days.ensure(Set.of(LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC)));
    UUID version = UuidCreator.getTimeOrderedEpochPlus1();
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(tenant);
              try (Connection connection = dataSource.getConnection()) {
                CredentialImage before = point(connection, tenant, known, version, submission, now);
                if (before == null) {
                  return false;
                }
                run(
                    connection,
                    MAKE,
                    tenant,
                    version,
                    known.accountId(),
                    hash,
                    submission,
                    at(now));
                run(connection, SUPERSEDE, at(now), tenant, known.credentialId());
                run(connection, ORIGIN, tenant, submission, changeId);
                changes.append(
                    List.of(
                        new Change(
                            command(tenant, changeId, submission, actor, known),
                            known.accountId(),
                            null,
                            before,
                            new CredentialImage("SET", version, false, submission, 1))));
                return true;
              }
            });
  }

  private static CredentialImage point(
      Connection connection,
      String tenant,
      KnownCredential known,
      UUID version,
      long submission,
      Instant now)
      throws SQLException {
    try (PreparedStatement point = connection.prepareStatement(POINT)) {
      point.setObject(1, version);
      point.setLong(2, submission);
      point.setObject(3, at(now));
      point.setString(4, tenant);
      point.setObject(5, known.accountId());
      point.setObject(6, known.credentialId());
      point.setLong(7, submission);
      try (ResultSet old = point.executeQuery()) {
        return old.next()
            ? new CredentialImage(
                known.kind(),
                known.credentialId(),
                old.getBoolean(3),
                old.getLong(1),
                old.getLong(2))
            : null;
      }
    }
  }

  /** The audit's form: a change by a person is a job of one row, which nobody can list. */
  private static UserCommand command(
      String tenant, UUID changeId, long submission, Actor actor, KnownCredential known) {
    return new UserCommand(
        tenant,
        changeId,
        1,
        new Stamp(submission, 1),
        Operation.SET_PASSWORD,
        known.userPrincipalName(),
        false,
        false,
        null,
        Map.of(),
        null,
        null,
        false,
        false,
        false,
        actor,
        Set.of(Part.USER),
        null,
        null,
        false);
  }

  private static void run(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private static OffsetDateTime at(Instant time) {
    return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
  }
}
