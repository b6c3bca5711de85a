package io.muster.user.behind;

import io.agroal.api.AgroalDataSource;
import io.muster.user.behind.Backlog.SearchDue;
import io.muster.user.behind.Backlog.Waiting;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Sees what waits, of all tenants and instances. When a note was written is told by its id, so that
 * nobody has to tell that jobs run.
 */
@ApplicationScoped
class LookingAtTheBacklog {
  private static final String NOTES =
      """
      SELECT f.tenant_id, j.job, sum(f.row_count), min(f.batch_id::text), max(f.batch_id::text)
      FROM follow_up f
      LEFT JOIN LATERAL unnest(f.jobs) AS j (job) ON true
      GROUP BY f.tenant_id, j.job
      """;

  private static final String SEARCH_DUE =
      """
      SELECT tenant_id, sum(row_count), bool_and(can_wait) FROM search_due
      GROUP BY tenant_id ORDER BY tenant_id
      """;

  private final AgroalDataSource finder;
  private final BehindConfig config;
  private final FollowedLately followed;
  private final RateWhenQuiet rate;
  private final Clock clock = Clock.systemUTC();

  LookingAtTheBacklog(
      @DataSource("finder") AgroalDataSource finder,
      BehindConfig config,
      FollowedLately followed,
      RateWhenQuiet rate) {
    this.finder = finder;
    this.config = config;
    this.followed = followed;
    this.rate = rate;
  }

  Backlog look() throws SQLException {
    try (Connection connection = finder.getConnection()) {
      Instant now = clock.instant();
      return Backlog.of(
          notes(connection),
          searchDue(connection),
          followed.at(now),
          now,
          config,
          rate.mostWaiting());
    }
  }

  private static List<Waiting> notes(Connection connection) throws SQLException {
    List<Waiting> found = new ArrayList<>();
    try (PreparedStatement find = connection.prepareStatement(NOTES);
        ResultSet rows = find.executeQuery()) {
      while (rows.next()) {
        found.add(
            new Waiting(
                rows.getString(1),
                rows.getObject(2, UUID.class),
                rows.getLong(3),
                madeAt(UUID.fromString(rows.getString(4))),
                madeAt(UUID.fromString(rows.getString(5)))));
      }
    }
    return found;
  }

  private static List<SearchDue> searchDue(Connection connection) throws SQLException {
    List<SearchDue> found = new ArrayList<>();
    try (PreparedStatement find = connection.prepareStatement(SEARCH_DUE);
        ResultSet rows = find.executeQuery()) {
      while (rows.next()) {
        found.add(new SearchDue(rows.getString(1), rows.getLong(2), rows.getBoolean(3)));
      }
    }
    return found;
  }

  /** A UUIDv7 begins with its milliseconds. */
  static Instant madeAt(UUID note) {
    return Instant.ofEpochMilli(note.getMostSignificantBits() >>> 16);
  }
}
