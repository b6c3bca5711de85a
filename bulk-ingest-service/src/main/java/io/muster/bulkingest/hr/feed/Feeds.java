package io.muster.bulkingest.hr.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;

/** The table {@code hr_feed}. Each method needs a transaction that has entered the tenant. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Feeds {
  private static final String BEGIN =
      "INSERT INTO hr_feed (tenant_id) VALUES (?) ON CONFLICT (tenant_id) DO NOTHING";

  private static final String LOOK =
      """
      SELECT paused_at, paused_because, released_at, released_up_to, measured, measured_at
      FROM hr_feed WHERE tenant_id = ?
      """;

  private static final String PAUSE =
      """
      UPDATE hr_feed SET paused_at = ?::timestamptz, paused_because = ? WHERE tenant_id = ?
      """;

  private static final String MEASURED =
      "UPDATE hr_feed SET measured = ?, measured_at = ?::timestamptz WHERE tenant_id = ?";

  private static final String RELEASE =
      """
      UPDATE hr_feed
      SET paused_at = NULL, paused_because = NULL, released_at = ?::timestamptz, released_by = ?,
        released_up_to = (SELECT coalesce(max(number), 0) FROM hr_event WHERE tenant_id = hr_feed.tenant_id)
      WHERE tenant_id = ? AND paused_at IS NOT NULL
      """;

  private final DataSource dataSource;

  Feeds(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Holds the feed until the transaction ends: of all that decide about a tenant, one at a time.
   */
  public Feed lock(String tenant) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Optional<Feed> feed = read(connection, LOOK + " FOR UPDATE", tenant);
      if (feed.isEmpty()) {
        try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
          statement.setString(1, tenant);
          statement.executeUpdate();
        }
        feed = read(connection, LOOK + " FOR UPDATE", tenant);
      }
      return feed.orElseThrow();
    }
  }

  /**
   * @return one that runs where nothing came so far
   */
  public Feed look(String tenant) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return read(connection, LOOK, tenant).orElse(new Feed(null, null, null, 0, 0, null));
    }
  }

  private static Optional<Feed> read(Connection connection, String sql, String tenant)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, tenant);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Feed(
                    instant(row, 1),
                    row.getString(2),
                    instant(row, 3),
                    row.getLong(4),
                    row.getLong(5),
                    instant(row, 6)))
            : Optional.empty();
      }
    }
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** From now on its events wait. */
  public void pause(String tenant, Instant now, String because) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(PAUSE)) {
      statement.setString(1, now.toString());
      statement.setString(2, because);
      statement.setString(3, tenant);
      statement.executeUpdate();
    }
  }

  /** So many accounts were active before the first of a window was disabled. */
  public void measured(String tenant, Instant now, long active) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(MEASURED)) {
      statement.setLong(1, active);
      statement.setString(2, now.toString());
      statement.setString(3, tenant);
      statement.executeUpdate();
    }
  }

  /**
   * Lets a paused feed go on; what came so far passes the valve, since somebody has seen it.
   *
   * @param subject who
   * @return false when it wasn't paused
   */
  public boolean release(String tenant, Instant now, String subject) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setString(1, now.toString());
      statement.setString(2, subject);
      statement.setString(3, tenant);
      return statement.executeUpdate() > 0;
    }
  }
}
