package io.muster.user.provisioning.reverting;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.user.provisioning.signin.FoundAccount;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;

/** The one statement that deletes accounts: those that an undone row had made. */
public final class DeletingAccounts {
  /** An account that somebody changed since it was read is left alone: its batch starts over. */
  private static final String DELETE =
      """
      DELETE FROM account a
      USING unnest(?::text[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                   ?::bigint[], ?::bigint[]) AS gone (
          tenant_id, id, state_submission, state_row, credential_submission, credential_row,
          properties_submission, properties_row)
      WHERE a.tenant_id = gone.tenant_id AND a.id = gone.id
        AND a.state_submission = gone.state_submission AND a.state_row = gone.state_row
        AND a.credential_submission = gone.credential_submission
        AND a.credential_row = gone.credential_row
        AND a.properties_submission = gone.properties_submission
        AND a.properties_row = gone.properties_row
      """;

  private DeletingAccounts() {}

  /**
   * @param accounts each once
   * @throws SQLTransientException 40001 when an account is no longer as it was read
   */
  public static void delete(Connection connection, List<FoundAccount> accounts)
      throws SQLException {
    if (accounts.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      new ColumnArrays<>(statement, accounts, 1)
          .add("text", FoundAccount::tenant)
          .add("uuid", FoundAccount::id)
          .add("bigint", a -> a.signIn().stateStamp().submission())
          .add("bigint", a -> a.signIn().stateStamp().row())
          .add("bigint", a -> a.signIn().credentialStamp().submission())
          .add("bigint", a -> a.signIn().credentialStamp().row())
          .add("bigint", a -> a.propertiesStamp().submission())
          .add("bigint", a -> a.propertiesStamp().row());
      if (statement.executeUpdate() != accounts.size()) {
        throw new SQLTransientException("an account was changed since it was read", "40001");
      }
    }
  }
}
