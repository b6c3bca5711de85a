package io.muster.user.password;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.localstack.testing.TestPlatform;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Accounts with credentials for tests, and what stands in the tables. */
public final class PasswordTables {
  private static final String DATABASE = "user-service";

  public final String tenant = "t" + UuidCreator.getTimeOrderedEpoch().toString().replace("-", "");

  /** An account as a test wants it. */
  public final class Account {
    private final String upn;
    private final UUID id = UuidCreator.getTimeOrderedEpoch();
    private final UUID credentialId = UuidCreator.getTimeOrderedEpoch();
    private String state = "ACTIVE";
    private String unit;
    private boolean isProtected;
    private boolean mustChange;
    private String kind = "NONE";
    private String hash;
    private String expires = "infinity";

    private Account(String upn) {
      this.upn = upn;
    }

    public Account inState(String word) {
      state = word;
      return this;
    }

    public Account inUnit(String name) {
      unit = name;
      return this;
    }

    public Account thatIsProtected() {
      isProtected = true;
      return this;
    }

    public Account thatMustChange() {
      mustChange = true;
      return this;
    }

    /**
     * @param word SET or GENERATED
     */
    public Account with(String word, String credentialHash) {
      kind = word;
      hash = credentialHash;
      return this;
    }

    /**
     * @param at as PostgreSQL reads it, {@code now - 1 hour} for example
     */
    public Account thatExpires(String at) {
      expires = at;
      return this;
    }

    /**
     * @return the credential's id
     */
    public UUID isThere() throws SQLException {
      try (Connection superuser = TestPlatform.shared().superuser(DATABASE)) {
        if (hash != null) {
          run(
              superuser,
              """
              INSERT INTO credential (tenant_id, id, account_id, kind, hash, submission, stamp_row,
                  created_at, expires_at)
              VALUES (?, ?, ?, ?, ?, 1, 1, now(), nullif(?::timestamptz, 'infinity'))
              """,
              tenant,
              credentialId,
              id,
              kind,
              hash,
              expires);
        }
        run(
            superuser,
            """
            INSERT INTO account (tenant_id, id, user_principal_name, upn_key, state, credential,
                must_change_password, protected, unit, credential_id, state_submission, state_row,
                credential_submission, credential_row, properties_submission, properties_row,
                created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1, 1, 1, 1, 1, now(), now())
            """,
            tenant,
            id,
            upn,
            UserPrincipalName.keyOf(upn),
            state,
            kind,
            mustChange,
            isProtected,
            unit,
            hash == null ? null : credentialId);
      }
      return credentialId;
    }
  }

  public Account account(String upn) {
    return new Account(upn);
  }

  /** The first column, as the auditor reads it; the first parameter is the tenant. */
  public List<String> read(String query, Object... more) throws SQLException {
    try (Connection auditor = TestPlatform.shared().as("muster_auditor", DATABASE);
        PreparedStatement statement = auditor.prepareStatement(query)) {
      statement.setString(1, tenant);
      for (int i = 0; i < more.length; i++) {
        statement.setObject(i + 2, more[i]);
      }
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  /** Does what no service may; the first parameter is the tenant. */
  public void tamper(String sql, Object... more) throws SQLException {
    Object[] values = new Object[more.length + 1];
    values[0] = tenant;
    System.arraycopy(more, 0, values, 1, more.length);
    try (Connection superuser = TestPlatform.shared().superuser(DATABASE)) {
      run(superuser, sql, values);
    }
  }

  private static void run(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
