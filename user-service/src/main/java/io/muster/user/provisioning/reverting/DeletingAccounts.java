package io.muster.user.provisioning.reverting;

import io.muster.chassis.setwise.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;

/** The one statement that deletes accounts: those that an undone row had added. */
final class DeletingAccounts {
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
   * @throws SQLTransientException 40001 when an account is no longer as it was read
   */
  static void delete(Connection connection, List<Reversal> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      new ColumnArrays<>(statement, rows, 1)
          .add("text", r -> r.account().tenant())
          .add("uuid", r -> r.account().id())
          .add("bigint", r -> r.account().signIn().stateStamp().submission())
          .add("bigint", r -> r.account().signIn().stateStamp().row())
          .add("bigint", r -> r.account().signIn().credentialStamp().submission())
          .add("bigint", r -> r.account().signIn().credentialStamp().row())
          .add("bigint", r -> r.properties().propertiesStamp().submission())
          .add("bigint", r -> r.properties().propertiesStamp().row());
      if (statement.executeUpdate() != rows.size()) {
        throw new SQLTransientException("an account was changed since it was read", "40001");
      }
    }
  }
}
