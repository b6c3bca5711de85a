package io.muster.user.provisioning;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.command.UserPrincipalName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Looks which of some rows' names and employee ids an account has already. */
final class NameAndEmployeeIdTaken {
  /** Index look-ups, whatever the statistics say: see OFFSET 0 in {@code InboxTable}. */
  private static final String LOOK =
      """
      SELECT asked.ord, by_name.found IS NOT NULL, by_employee_id.found IS NOT NULL
      FROM unnest(?::text[], ?::text[], ?::text[])
           WITH ORDINALITY AS asked (tenant_id, upn_key, employee_id, ord)
      LEFT JOIN LATERAL (
          SELECT true AS found FROM account a
          WHERE a.tenant_id = asked.tenant_id AND a.upn_key = asked.upn_key
            AND a.state <> 'REMOVED'
          OFFSET 0) AS by_name ON true
      LEFT JOIN LATERAL (
          SELECT true AS found FROM account a
          WHERE a.tenant_id = asked.tenant_id AND a.employee_id = asked.employee_id
            AND a.state <> 'REMOVED'
          OFFSET 0) AS by_employee_id ON true
      """;

  private NameAndEmployeeIdTaken() {}

  /**
   * @param name an account in use has this name
   * @param employeeId an account in use has this employee id
   */
  record Taken(boolean name, boolean employeeId) {
    static final Taken NOTHING = new Taken(false, false);
  }

  /**
   * @return by command, compared by identity; commands that meet nothing may be left out
   */
  static Map<UserCommand, Taken> among(Connection connection, List<UserCommand> commands)
      throws SQLException {
    Map<UserCommand, Taken> taken = new IdentityHashMap<>();
    if (commands.isEmpty()) {
      return taken;
    }
    try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
      new ColumnArrays<>(statement, commands, 1)
          .add("text", UserCommand::tenant)
          .add("text", c -> UserPrincipalName.keyOf(c.userPrincipalName()))
          .add("text", c -> c.properties().get(AccountProperty.EMPLOYEE_ID.field()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taken.put(
              commands.get(rows.getInt(1) - 1), new Taken(rows.getBoolean(2), rows.getBoolean(3)));
        }
      }
    }
    return taken;
  }
}
