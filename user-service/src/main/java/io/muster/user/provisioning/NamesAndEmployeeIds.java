package io.muster.user.provisioning;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.provisioning.tryout.WouldBeTaken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Looks which of some rows' names and employee ids an account in use has already. */
public final class NamesAndEmployeeIds {
  /** What becomes of a row that wants an employee id that is taken. */
  public static final Outcome EMPLOYEE_ID_TAKEN =
      Outcome.rejected(
          RowCode.INVALID_VALUE,
          "Column EmployeeId: another account has this employee id. Correct it, or change that"
              + " account.");

  /** Index look-ups, whatever the statistics say: see OFFSET 0 in {@code InboxTable}. */
  private static final String LOOK =
      """
      SELECT asked.ord, by_name.found IS NOT NULL, by_employee_id.found
      FROM unnest(?::text[], ?::text[], ?::text[])
           WITH ORDINALITY AS asked (tenant_id, upn_key, employee_id, ord)
      LEFT JOIN LATERAL (
          SELECT true AS found FROM account a
          WHERE a.tenant_id = asked.tenant_id AND a.upn_key = asked.upn_key
            AND a.state <> 'REMOVED'
          OFFSET 0) AS by_name ON true
      LEFT JOIN LATERAL (
          SELECT a.upn_key AS found FROM account a
          WHERE a.tenant_id = asked.tenant_id AND a.employee_id = asked.employee_id
            AND a.state <> 'REMOVED' AND a.upn_key <> asked.upn_key
          OFFSET 0) AS by_employee_id ON true
      """;

  private NamesAndEmployeeIds() {}

  /**
   * What a row would take.
   *
   * @param command whose name
   * @param employeeId null for none
   */
  public record Wanted(UserCommand command, String employeeId) {
    /** What the row itself says. */
    public static Wanted of(UserCommand command) {
      String employeeId = command.properties().get(AccountProperty.EMPLOYEE_ID.field());
      boolean takesNone =
          employeeId == null
              || employeeId.isEmpty()
              || (command.operation() == Operation.SET && employeeId.equals(RowRules.CLEARS));
      return new Wanted(command, takesNone ? null : employeeId);
    }

    /** What its name is compared by. */
    public String upnKey() {
      return UserPrincipalName.keyOf(command.userPrincipalName());
    }
  }

  /**
   * What is taken of it.
   *
   * @param name an account in use has this name
   * @param employee in its compared form the other name of the one that has this employee id; null
   *     for none
   */
  public record Taken(boolean name, String employee) {
    public static final Taken NOTHING = new Taken(false, null);

    /** One of another name has this employee id. */
    public boolean employeeId() {
      return employee != null;
    }
  }

  /**
   * @return by command, compared by identity, one for each
   */
  public static Map<UserCommand, Taken> taken(Connection connection, List<Wanted> wanted)
      throws SQLException {
    Map<UserCommand, Taken> taken = new IdentityHashMap<>();
    look(connection, wanted.stream().filter(w -> !w.command().dryRun()).toList(), taken);
    WouldBeTaken.look(
        connection, wanted.stream().filter(w -> w.command().dryRun()).toList(), taken);
    return taken;
  }

  private static void look(
      Connection connection, List<Wanted> wanted, Map<UserCommand, Taken> taken)
      throws SQLException {
    if (wanted.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
      new ColumnArrays<>(statement, wanted, 1)
          .add("text", w -> w.command().tenant())
          .add("text", Wanted::upnKey)
          .add("text", Wanted::employeeId);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taken.put(
              wanted.get(rows.getInt(1) - 1).command(),
              new Taken(rows.getBoolean(2), rows.getString(3)));
        }
      }
    }
  }
}
