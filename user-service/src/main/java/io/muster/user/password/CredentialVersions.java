package io.muster.user.password;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.Stamp;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The table {@code credential}, set-wise and in the transaction of the account's own change. */
@ApplicationScoped
public class CredentialVersions {
  private static final String ADD =
      """
      INSERT INTO credential (
          tenant_id, id, account_id, kind, hash, submission, stamp_row, created_at, expires_at)
      SELECT v.tenant_id, v.id, v.account_id, v.kind, v.hash, v.submission, v.stamp_row, now.at,
             v.expires_at::timestamptz
      FROM (SELECT ?::timestamptz AS at) AS now,
           unnest(?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
                  ?::text[])
           AS v (tenant_id, id, account_id, kind, hash, submission, stamp_row, expires_at)
      """;

  private static final String SUPERSEDE =
      """
      UPDATE credential c SET superseded_at = ?::timestamptz
      FROM unnest(?::text[], ?::uuid[]) AS v (tenant_id, id)
      WHERE c.tenant_id = v.tenant_id AND c.id = v.id
      """;

  private static final String DELETE =
      """
      DELETE FROM credential c USING unnest(?::text[], ?::uuid[]) AS v (tenant_id, id)
      WHERE c.tenant_id = v.tenant_id AND c.id = v.id
      """;

  private final Clock clock;

  CredentialVersions() {
    this.clock = Clock.systemUTC();
  }

  /** Names a version. */
  public record Key(String tenant, UUID id) {
    public Key {
      Objects.requireNonNull(tenant, "tenant");
      Objects.requireNonNull(id, "id");
    }
  }

  /**
   * A new version.
   *
   * @param kind SET or GENERATED
   * @param expiresAt unused until then it is no longer good; null for ever
   */
  public record Version(
      Key key, UUID accountId, String kind, String hash, Stamp stamp, Instant expiresAt) {}

  /** Adds versions; no account points at them yet. */
  public void add(Connection connection, List<Version> versions) throws SQLException {
    if (versions.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      statement.setObject(1, now());
      new ColumnArrays<>(statement, versions, 2)
          .add("text", v -> v.key().tenant())
          .add("uuid", v -> v.key().id())
          .add("uuid", Version::accountId)
          .add("text", Version::kind)
          .add("text", Version::hash)
          .add("bigint", v -> v.stamp().submission())
          .add("bigint", v -> v.stamp().row())
          .add("text", v -> v.expiresAt() == null ? null : v.expiresAt().toString());
      statement.executeUpdate();
    }
  }

  /** Others took their place: they are deleted a week later, unless an undo points back. */
  public void supersede(Connection connection, List<Key> keys) throws SQLException {
    mark(connection, keys, now());
  }

  /** An account points at them again. */
  public void reinstate(Connection connection, List<Key> keys) throws SQLException {
    mark(connection, keys, null);
  }

  /** Forgets versions at once. */
  public void delete(Connection connection, List<Key> keys) throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      new ColumnArrays<>(statement, keys, 1).add("text", Key::tenant).add("uuid", Key::id);
      statement.executeUpdate();
    }
  }

  private static void mark(Connection connection, List<Key> keys, OffsetDateTime at)
      throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(SUPERSEDE)) {
      statement.setObject(1, at);
      new ColumnArrays<>(statement, keys, 2).add("text", Key::tenant).add("uuid", Key::id);
      statement.executeUpdate();
    }
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
