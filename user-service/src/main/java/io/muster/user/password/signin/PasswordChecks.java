package io.muster.user.password.signin;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.user.password.signin.CheckingAPassword.Checked;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.TreeSet;
import java.util.UUID;

/** The table {@code password_check}: who tried whose password, when, and whether it was right. */
@ApplicationScoped
class PasswordChecks {
  private static final String APPEND =
      """
      INSERT INTO password_check (
          tenant_id, id, at, actor, upn_key, account_id, valid, code, actor_roles)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** In the connection's transaction. */
  void append(Connection connection, Attempt attempt, Checked checked, Instant at)
      throws SQLException {
    UUID account =
        checked.sight() == Attempt.Sight.HIDDEN
            ? null
            : checked.known().map(KnownCredential::accountId).orElse(null);
    try (PreparedStatement append = connection.prepareStatement(APPEND)) {
      append.setString(1, attempt.tenant());
      append.setObject(2, UuidCreator.getTimeOrderedEpochPlus1());
      append.setObject(3, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
      append.setString(4, attempt.actor().replace('\0', '\uFFFD'));
      append.setString(5, attempt.upnKey());
      append.setObject(6, account);
      append.setBoolean(7, checked.valid());
      append.setString(
          8,
          switch (checked.sight()) {
            case OPEN -> null;
            case HIDDEN -> "USER_NOT_FOUND";
            case PROTECTED -> "PROTECTED_ACCOUNT";
          });
      append.setString(9, String.join(",", new TreeSet<>(attempt.roles())).replace('\0', '\uFFFD'));
      append.executeUpdate();
    }
  }
}
