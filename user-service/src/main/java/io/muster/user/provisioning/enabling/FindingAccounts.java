package io.muster.user.provisioning.enabling;

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
      a.id, a.protected, a.state, a.state_submission, a.state_row, a.credential, a.credential_id,
             a.must_change_password, a.credential_submission, a.credential_row""";

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
          WHERE a.tenant_id = asked.tenant_id AND a.id = asked.id AND a.state <> 'REMOVED'
          OFFSET 0) AS found
      """
          .formatted(COLUMNS);

  private static final String REMOVED =
      """
      SELECT asked.ord, found.id, found.protected
      FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS asked (tenant_id, upn_key, ord)
      CROSS JOIN LATERAL (
          SELECT a.id, a.protected
          FROM account a
          WHERE a.tenant_id = asked.tenant_id AND a.upn_key = asked.upn_key
            AND a.state = 'REMOVED'
          ORDER BY a.id DESC
          LIMIT 1) AS found
      """;

  private FindingAccounts() {}

  /** Names an account. */
  public record Key(String tenant, UUID id) {}

  /**
   * @return by command, compared by identity; left out where no account bears or bore the name
   */
  static Map<UserCommand, FoundAccount> byName(Connection connection, List<UserCommand> commands)
      throws SQLException {
    Map<UserCommand, FoundAccount> found = new IdentityHashMap<>();
    if (commands.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(BY_NAME)) {
      names(statement, commands);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          UserCommand command = commands.get(rows.getInt(1) - 1);
          found.put(command, read(rows, command.tenant()));
        }
      }
    }
    List<UserCommand> rest = commands.stream().filter(c -> !found.containsKey(c)).toList();
    if (!rest.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(REMOVED)) {
        names(statement, rest);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            UserCommand command = rest.get(rows.getInt(1) - 1);
            UUID id = rows.getObject(2, UUID.class);
            found.put(command, new FoundAccount(command.tenant(), id, rows.getBoolean(3), null));
          }
        }
      }
    }
    return found;
  }

  /**
   * @return those of them that aren't removed
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

  private static void names(PreparedStatement statement, List<UserCommand> commands)
      throws SQLException {
    new ColumnArrays<>(statement, commands, 1)
        .add("text", UserCommand::tenant)
        .add("text", c -> UserPrincipalName.keyOf(c.userPrincipalName()));
  }

  private static FoundAccount read(ResultSet row, String tenant) throws SQLException {
    return new FoundAccount(
        tenant,
        row.getObject(2, UUID.class),
        row.getBoolean(3),
        new SignIn(
            row.getString(4),
            new Stamp(row.getLong(5), row.getLong(6)),
            row.getString(7),
            row.getObject(8, UUID.class),
            row.getBoolean(9),
            new Stamp(row.getLong(10), row.getLong(11))));
  }
}
