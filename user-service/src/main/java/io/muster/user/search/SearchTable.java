package io.muster.user.search;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.setwise.UuidArray;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The table {@code account_search}: what people look for, as {@link Spelling} has it. Whoever
 * writes a tenant's holds its lock: nobody else writes what was read here.
 */
@ApplicationScoped
public class SearchTable {
  private static final String AS_THEY_ARE =
      """
      SELECT changed.id, a.upn_key, a.state, a.unit, a.user_principal_name, a.display_name,
             a.first_name, a.last_name, a.department, s.upn_key, s.state, s.unit, s.words
      FROM unnest(?::uuid[]) AS changed (id)
      LEFT JOIN LATERAL (
          SELECT * FROM account a WHERE a.id = changed.id AND a.tenant_id = ? OFFSET 0) AS a ON true
      LEFT JOIN LATERAL (
          SELECT * FROM account_search s WHERE s.account_id = changed.id AND s.tenant_id = ?
          OFFSET 0) AS s ON true
      """;

  private static final String ADD =
      """
      INSERT INTO account_search (tenant_id, account_id, upn_key, state, unit, words)
      SELECT ?, n.* FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[]) AS n
      """;

  /** Words that stay are written to no index; the row then stays on its page. */
  private static final String CHANGE =
      """
      UPDATE account_search s
      SET upn_key = n.upn_key, state = n.state, unit = n.unit, words = n.words
      FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[])
          AS n (account_id, upn_key, state, unit, words)
      WHERE s.account_id = n.account_id AND s.tenant_id = ?
      """;

  private static final String FORGET =
      "DELETE FROM account_search WHERE account_id = ANY (?::uuid[]) AND tenant_id = ?";

  /**
   * So that each key of the index is gone to once for a whole portion. It is emptied at its end,
   * and would be by any other writer at the usual size.
   */
  private static final String GATHER = "SET LOCAL gin_pending_list_limit = '256MB'";

  private static final String SETTLE = "SELECT settle_search()";

  private record Found(UUID id, String upnKey, String state, String unit, String words) {}

  private record Portion(List<Found> added, List<Found> changed, List<UUID> gone) {}

  /**
   * Takes over what the accounts are now, and forgets those that are gone.
   *
   * @param accounts some thousands at most
   */
  public void refresh(Connection connection, String tenant, Set<UUID> accounts)
      throws SQLException {
    Portion portion = read(connection, tenant, accounts);
    try (Statement settings = connection.createStatement()) {
      settings.execute(GATHER);
    }
    if (!portion.added().isEmpty()) {
      try (PreparedStatement add = connection.prepareStatement(ADD)) {
        add.setString(1, tenant);
        bind(add, portion.added(), 2);
        add.executeUpdate();
      }
    }
    if (!portion.changed().isEmpty()) {
      try (PreparedStatement change = connection.prepareStatement(CHANGE)) {
        bind(change, portion.changed(), 1);
        change.setString(6, tenant);
        change.executeUpdate();
      }
    }
    if (!portion.gone().isEmpty()) {
      try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
        forget.setObject(1, UuidArray.of(portion.gone()));
        forget.setString(2, tenant);
        forget.executeUpdate();
      }
    }
    try (PreparedStatement settle = connection.prepareStatement(SETTLE)) {
      settle.execute();
    }
  }

  private static Portion read(Connection connection, String tenant, Set<UUID> accounts)
      throws SQLException {
    Portion portion = new Portion(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (PreparedStatement read = connection.prepareStatement(AS_THEY_ARE)) {
      read.setObject(1, UuidArray.of(accounts));
      read.setString(2, tenant);
      read.setString(3, tenant);
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          sort(rows, portion);
        }
      }
    }
    // In the order of the list, so that its index is gone through in one direction.
    portion.added().sort(Comparator.comparing(Found::upnKey));
    return portion;
  }

  private static void sort(ResultSet rows, Portion portion) throws SQLException {
    UUID id = rows.getObject(1, UUID.class);
    boolean isThere = rows.getString(2) != null;
    boolean isKnown = rows.getString(10) != null;
    if (!isThere) {
      if (isKnown) {
        portion.gone().add(id);
      }
      return;
    }
    Found now = new Found(id, rows.getString(2), rows.getString(3), rows.getString(4), words(rows));
    if (!isKnown) {
      portion.added().add(now);
      return;
    }
    Found before =
        new Found(
            id, rows.getString(10), rows.getString(11), rows.getString(12), rows.getString(13));
    if (!now.equals(before)) {
      portion.changed().add(now);
    }
  }

  /**
   * With a line feed before, between and behind, so that every word stands between separators.
   * First and last name stand in the display name as a rule, and needn't be kept twice then.
   */
  private static String words(ResultSet rows) throws SQLException {
    StringBuilder written = new StringBuilder("\n").append(rows.getString(5)).append('\n');
    String displayName = rows.getString(6);
    for (int column = 6; column <= 9; column++) {
      String text = rows.getString(column);
      boolean isPersonsName = column == 7 || column == 8;
      if (text != null && !(isPersonsName && displayName != null && displayName.contains(text))) {
        written.append(text).append('\n');
      }
    }
    return Spelling.of(written.toString());
  }

  private static void bind(PreparedStatement statement, List<Found> rows, int first)
      throws SQLException {
    new ColumnArrays<>(statement, rows, first)
        .add("uuid", Found::id)
        .add("text", Found::upnKey)
        .add("text", Found::state)
        .add("text", Found::unit)
        .add("text", Found::words);
  }
}
