package io.muster.user.provisioning.signin;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.command.UserPrincipalName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Looks the accounts of a batch up, one index look-up each: see OFFSET 0 in {@code InboxTable}. */
public final class FindingAccounts {
  private static final String COLUMNS =
      """
      a.id, a.protected, a.unit, a.employee_id, a.state, a.state_submission, a.state_row,
             a.removed_from, a.removed_from_submission, a.removed_from_row,
             a.credential, a.credential_id, a.must_change_password, a.credential_submission,
             a.credential_row, a.properties_submission, a.properties_row""";

  private static final String BY_NAME =
      """
      SELECT asked.ord, found.*
      FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS asked (tenant_id, upn_key, ord)
      CROSS JOIN LATERAL (
          SELECT %s
          FROM account a
          WHERE a.tenant_id = asked.tenant_id AND a.upn_key = asked.upn_key
            AND a.state <> 'REMOVED'
          OFFSET 0) AS found
      """
          .formatted(COLUMNS);

  private static final String BY_ID =
      """
      SELECT asked.ord, found.*
      FROM unnest(?::text[], ?::uuid[]) WITH ORDINALITY AS asked (tenant_id, id, ord)
      CROSS JOIN LATERAL (
          SELECT %s
          FROM account a
          WHERE a.tenant_id = asked.tenant_id AND a.id = asked.id
          OFFSET 0) AS found
      """
          .formatted(COLUMNS);

  /** The one that was removed last. */
  private static final String REMOVED =
      """
      SELECT asked.ord, found.*
      FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS asked (tenant_id, upn_key, ord)
      CROSS JOIN LATERAL (
          SELECT %s
          FROM account a
          WHERE a.tenant_id = asked.tenant_id AND a.upn_key = asked.upn_key
            AND a.state = 'REMOVED'
          ORDER BY a.removed_at DESC NULLS LAST, a.id DESC
          LIMIT 1) AS found
      """
          .formatted(COLUMNS);

  private FindingAccounts() {}

  /** Names an account. */
  public record Key(String tenant, UUID id) {}

  /**
   * @return by command, compared by identity: the account in use, else the one that was removed
   *     last; left out where no account bears or bore the name
   */
  public static Map<UserCommand, FoundAccount> byName(
      Connection connection, List<UserCommand> commands) throws SQLException {
    Map<UserCommand, FoundAccount> found = new IdentityHashMap<>();
    find(connection, BY_NAME, commands, found);
    find(connection, REMOVED, commands.stream().filter(c -> !found.containsKey(c)).toList(), found);
    return found;
  }

  private static void find(
      Connection connection,
      String sql,
      List<UserCommand> commands,
      Map<UserCommand, FoundAccount> found)
      throws SQLException {
    if (commands.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      new ColumnArrays<>(statement, commands, 1)
          .add("text", UserCommand::tenant)
          .add("text", c -> UserPrincipalName.keyOf(c.userPrincipalName()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          UserCommand command = commands.get(rows.getInt(1) - 1);
          found.put(command, read(rows, command.tenant()));
        }
      }
    }
  }

  /**
   * @return those of them that are there, in use or removed
   */
  public static Map<Key, FoundAccount> byId(Connection connection, List<Key> keys)
      throws SQLException {
    Map<Key, FoundAccount> found = new HashMap<>();
    if (keys.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(BY_ID)) {
      new ColumnArrays<>(statement, keys, 1).add("text", Key::tenant).add("uuid", Key::id);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Key key = keys.get(rows.getInt(1) - 1);
          found.put(key, read(rows, key.tenant()));
        }
      }
    }
    return found;
  }

  private static FoundAccount read(ResultSet row, String tenant) throws SQLException {
    String removedFrom = row.getString(9);
    return new FoundAccount(
        tenant,
        row.getObject(2, UUID.class),
        row.getBoolean(3),
        row.getString(4),
        row.getString(5),
        new SignIn(
            row.getString(6),
            new Stamp(row.getLong(7), row.getLong(8)),
            removedFrom == null
                ? null
                : new SignIn.Standing(removedFrom, new Stamp(row.getLong(10), row.getLong(11))),
            row.getString(12),
            row.getObject(13, UUID.class),
            row.getBoolean(14),
            new Stamp(row.getLong(15), row.getLong(16))),
        new Stamp(row.getLong(17), row.getLong(18)));
  }
}
