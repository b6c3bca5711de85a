package io.muster.user.password.signin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * An account in use with its credential.
 *
 * @param accountId the account's
 * @param userPrincipalName as written
 * @param unit null when it is in none
 * @param isProtected whether only tenant administrators may touch it
 * @param kind NONE, SET or GENERATED
 * @param mustChange whether the password must be changed at the next sign-in
 * @param credentialId null without a credential
 * @param hash null without a credential
 * @param expiresAt null when it is good for ever
 */
public record KnownCredential(
    UUID accountId,
    String userPrincipalName,
    String unit,
    boolean isProtected,
    String kind,
    boolean mustChange,
    UUID credentialId,
    String hash,
    Instant expiresAt) {
  private static final String FIND =
      """
      SELECT a.id, a.user_principal_name, a.unit, a.protected, a.credential,
             a.must_change_password, c.id, c.hash, c.expires_at
      FROM account a
      LEFT JOIN credential c ON c.tenant_id = a.tenant_id AND c.id = a.credential_id
      WHERE a.tenant_id = ? AND a.upn_key = ? AND a.state <> 'REMOVED'
      """;

  /** In the connection's transaction, which sees the tenant. */
  static Optional<KnownCredential> find(Connection connection, String tenant, String upnKey)
      throws SQLException {
    try (PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setString(1, tenant);
      find.setString(2, upnKey);
      try (ResultSet row = find.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        OffsetDateTime expires = row.getObject(9, OffsetDateTime.class);
        return Optional.of(
            new KnownCredential(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getString(5),
                row.getBoolean(6),
                row.getObject(7, UUID.class),
                row.getString(8),
                expires == null ? null : expires.toInstant()));
      }
    }
  }

  boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "the credential of account " + accountId;
  }
}
