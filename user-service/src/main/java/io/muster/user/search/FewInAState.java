package io.muster.user.search;

import io.muster.user.search.Sought.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Searches among the accounts of a state that few are in: neither walking the list nor looking
 * parts up would come upon them soon, when what is looked for is common. Each state has an index of
 * its own on {@code account}.
 */
@ApplicationScoped
class FewInAState {
  /** Some 30 ms. Of a million accounts a walk meets more of them than that soon enough. */
  private static final int FEW = 10_000;

  private static final String COUNT =
      "SELECT count(*) FROM (SELECT FROM account WHERE tenant_id = ? AND %s LIMIT ?) AS few";

  /** All of them first: to the planner the order of names looks like the shorter way. */
  private static final String FIND =
      """
      SELECT a.upn_key, a.id
      FROM (SELECT upn_key, id, unit FROM account
            WHERE tenant_id = ? AND %s
            OFFSET 0) AS a
      CROSS JOIN LATERAL (
          SELECT FROM account_search s
          WHERE s.account_id = a.id AND s.tenant_id = ? AND s.words LIKE ALL (?::text[])
          OFFSET 0) AS found
      WHERE (?::text[] IS NULL OR a.unit = ANY (?::text[])) AND (a.upn_key, a.id) > (?, ?)
      ORDER BY a.upn_key, a.id
      LIMIT ?
      """;

  private static final Place FIRST = new Place("", new UUID(0, 0));

  boolean areInState(Connection connection, String tenant, String state) throws SQLException {
    try (PreparedStatement count = connection.prepareStatement(COUNT.formatted(inState(state)))) {
      count.setString(1, tenant);
      count.setInt(2, FEW + 1);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1) <= FEW;
      }
    }
  }

  List<Place> find(Connection connection, String tenant, Sought sought, List<Term> terms)
      throws SQLException {
    Place after = sought.after() == null ? FIRST : sought.after();
    try (PreparedStatement search =
        connection.prepareStatement(FIND.formatted(inState(sought.state())))) {
      search.setString(1, tenant);
      search.setString(2, tenant);
      search.setArray(3, SearchingByParts.patterns(connection, terms));
      search.setArray(4, SearchingByParts.units(connection, sought));
      search.setArray(5, SearchingByParts.units(connection, sought));
      search.setString(6, after.upnKey());
      search.setObject(7, after.id(), Types.OTHER);
      search.setInt(8, sought.most());
      List<Place> places = new ArrayList<>();
      try (ResultSet rows = search.executeQuery()) {
        while (rows.next()) {
          places.add(new Place(rows.getString(1), rows.getObject(2, UUID.class)));
        }
      }
      return places;
    }
  }

  /** Written out, so that the planner knows that the index of this state has them all. */
  private static String inState(String state) {
    return switch (state) {
      case "ACTIVE" -> "state = 'ACTIVE'";
      case "DISABLED" -> "state = 'DISABLED'";
      case "REMOVED" -> "state = 'REMOVED'";
      default -> throw new IllegalArgumentException("no state of an account");
    };
  }
}
