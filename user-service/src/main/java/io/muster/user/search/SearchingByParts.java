package io.muster.user.search;

import io.muster.user.search.Sought.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Finds a page of the search table, whatever is looked for. What is common is found by walking the
 * list until the page is full; what is rare by its parts, of which the index of trigrams tells all.
 * Nobody knows which it is, so both are tried, each only as far as it is cheap: a search costs as
 * much as the cheaper of the two and some milliseconds. What is common and yet not at the beginning
 * of the list costs a longer walk. For use in a transaction that has entered one tenant.
 *
 * <p>docs/decisions/0023-how-a-million-are-searched.md
 */
@ApplicationScoped
public class SearchingByParts {
  private static final String IN_ORDER =
      "SELECT found_key, found_id FROM search_in_order(?::text[], ?, ?, ?, ?, ?, ?)";

  private static final String BY_PARTS =
      "SELECT found_key, found_id FROM search_by_parts(?::text[], ?::text[], ?::text[], ?,"
          + " ?::text[], ?, ?, ?, ?)";

  /**
   * Rows of the list: a millisecond or two. One in 50 accounts has it, and fills a page by then.
   */
  private static final int LOOK_AT = 5_000;

  /** Rows of the list, for what has been met a few times: some 6 ms. */
  private static final int LOOK_FURTHER = 20_000;

  private static final int A_FEW_TIMES = 5;

  /**
   * Rows of the list, for what is short, which is common somewhere: some 18 ms. People of one
   * culture stand together, and its letters are soon come upon; to look them up takes longer, since
   * the index has to tell all who have them.
   */
  private static final int LOOK_FAR = 60_000;

  private static final int SHORT = 3;

  /** Rows of the table by their trigrams: some 10 ms. */
  private static final int LOOK_UP = 5_000;

  private static final int ALL = Integer.MAX_VALUE;

  private final FewInAState few;

  SearchingByParts(FewInAState few) {
    this.few = few;
  }

  /** A page or the beginning of one. */
  private record Hits(List<Place> places, boolean more) {}

  /**
   * @return up to {@code most} places, in the order of the list; fewer only at its end
   */
  public List<Place> find(Connection connection, String tenant, Sought sought) throws SQLException {
    List<Term> terms =
        sought.words().stream().map(word -> new Term(Spelling.of(word))).distinct().toList();
    if (sought.state() != null && few.areInState(connection, tenant, sought.state())) {
      return few.find(connection, tenant, sought, terms);
    }
    List<Place> found = new ArrayList<>();
    List<String> unfinished = new ArrayList<>();
    for (String unit : unitsOf(sought)) {
      Hits hits = walk(connection, sought, terms, unit);
      found.addAll(hits.places());
      if (hits.more()) {
        unfinished.add(unit);
      }
    }
    if (unfinished.isEmpty()) {
      return page(found, sought);
    }
    Hits byParts = byParts(connection, sought, terms);
    if (!byParts.more()) {
      return byParts.places();
    }
    for (String unit : unfinished) {
      found.addAll(inOrder(connection, sought, terms, unit, ALL).places());
    }
    return page(found, sought);
  }

  private static Hits walk(Connection connection, Sought sought, List<Term> terms, String unit)
      throws SQLException {
    Hits hits = inOrder(connection, sought, terms, unit, LOOK_AT);
    if (!hits.more()) {
      return hits;
    }
    if (sought.words().stream().allMatch(SearchingByParts::isShort)) {
      return inOrder(connection, sought, terms, unit, LOOK_FAR);
    }
    return hits.places().size() > A_FEW_TIMES
        ? inOrder(connection, sought, terms, unit, LOOK_FURTHER)
        : hits;
  }

  /** As typed: a letter that isn't Latin is spelled in five. */
  private static boolean isShort(String word) {
    return word.codePointCount(0, word.length()) <= SHORT;
  }

  /** Null stands for all. */
  private static List<String> unitsOf(Sought sought) {
    return sought.units() == null
        ? Arrays.asList((String) null)
        : sought.units().stream().sorted().toList();
  }

  private static List<Place> page(List<Place> found, Sought sought) {
    return found.stream().distinct().sorted().limit(sought.most()).toList();
  }

  private static Hits inOrder(
      Connection connection, Sought sought, List<Term> terms, String unit, int lookAt)
      throws SQLException {
    try (PreparedStatement walk = connection.prepareStatement(IN_ORDER)) {
      walk.setArray(1, patterns(connection, terms));
      walk.setString(2, sought.state());
      walk.setString(3, unit);
      bindPlace(walk, 4, sought.after());
      walk.setInt(6, sought.most());
      walk.setInt(7, lookAt);
      return read(walk);
    }
  }

  private static Hits byParts(Connection connection, Sought sought, List<Term> terms)
      throws SQLException {
    List<String> alternatives = List.of();
    if (terms.stream().noneMatch(Term::hasTrigrams)) {
      alternatives =
          terms.stream()
              .map(Term::alternatives)
              .filter(a -> !a.isEmpty())
              .findFirst()
              .orElse(List.of());
      if (alternatives.isEmpty()) {
        return new Hits(List.of(), true);
      }
    }
    try (PreparedStatement lookUp = connection.prepareStatement(BY_PARTS)) {
      lookUp.setArray(1, patterns(connection, terms));
      lookUp.setArray(2, connection.createArrayOf("text", lookUps(terms)));
      lookUp.setArray(3, connection.createArrayOf("text", alternatives.toArray()));
      lookUp.setString(4, sought.state());
      lookUp.setArray(5, units(connection, sought));
      bindPlace(lookUp, 6, sought.after());
      lookUp.setInt(8, sought.most());
      lookUp.setInt(9, LOOK_UP);
      return read(lookUp);
    }
  }

  private static Object[] lookUps(List<Term> terms) {
    return terms.stream().filter(Term::hasTrigrams).map(Term::lookUp).distinct().toArray();
  }

  static Array patterns(Connection connection, List<Term> terms) throws SQLException {
    return connection.createArrayOf("text", terms.stream().map(Term::pattern).toArray());
  }

  static Array units(Connection connection, Sought sought) throws SQLException {
    return sought.units() == null
        ? null
        : connection.createArrayOf("text", sought.units().toArray());
  }

  private static void bindPlace(PreparedStatement statement, int first, Place place)
      throws SQLException {
    statement.setString(first, place == null ? null : place.upnKey());
    statement.setObject(first + 1, place == null ? null : place.id(), Types.OTHER);
  }

  private static Hits read(PreparedStatement search) throws SQLException {
    List<Place> places = new ArrayList<>();
    boolean more = false;
    try (ResultSet rows = search.executeQuery()) {
      while (rows.next()) {
        if (rows.getString(1) == null) {
          more = true;
        } else {
          places.add(new Place(rows.getString(1), rows.getObject(2, UUID.class)));
        }
      }
    }
    return new Hits(places, more);
  }
}
