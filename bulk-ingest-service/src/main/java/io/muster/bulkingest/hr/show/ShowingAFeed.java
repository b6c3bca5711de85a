package io.muster.bulkingest.hr.show;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.bulkingest.hr.feed.Feed;
import io.muster.bulkingest.hr.feed.Feeds;
import io.muster.chassis.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;

/** How a tenant's feed stands. */
@ApplicationScoped
class ShowingAFeed {
  private static final String COUNT =
      """
      SELECT
        (SELECT count(*) FROM hr_event WHERE tenant_id = ? AND disposition = 'WAITING' AND reason <> 'DATE'),
        (SELECT count(*) FROM hr_scheduled WHERE tenant_id = ?)
      """;

  private final DataSource dataSource;
  private final TenantScope tenants;
  private final Feeds feeds;

  ShowingAFeed(DataSource dataSource, TenantScope tenants, Feeds feeds) {
    this.dataSource = dataSource;
    this.tenants = tenants;
    this.feeds = feeds;
  }

  /** Whether events are acted on. */
  enum State {
    RUNNING,
    PAUSED
  }

  /**
   * The feed.
   *
   * @param pausedAt null while it runs
   * @param reason why it is paused and what to do; null while it runs
   * @param releasedAt when it was last released; null for never
   * @param waiting events that wait for a name or the release
   * @param scheduled what waits for its day
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Shown(
      State state,
      Instant pausedAt,
      String reason,
      Instant releasedAt,
      long waiting,
      long scheduled) {}

  @Transactional
  Shown show(String tenant) throws SQLException {
    tenants.enter(tenant);
    Feed feed = feeds.look(tenant);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setString(1, tenant);
      statement.setString(2, tenant);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Shown(
            feed.isPaused() ? State.PAUSED : State.RUNNING,
            feed.pausedAt(),
            feed.pausedBecause(),
            feed.releasedAt(),
            row.getLong(1),
            row.getLong(2));
      }
    }
  }
}
