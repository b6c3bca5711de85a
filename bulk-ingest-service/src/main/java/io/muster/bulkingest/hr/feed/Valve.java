package io.muster.bulkingest.hr.feed;

import io.muster.bulkingest.hr.HrConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The safety valve: whether a feed may disable one more of its tenant's people without being asked
 * about. It is measured by those whom HR employs, not by all accounts: those are whom a wrong
 * export can hit.
 */
@ApplicationScoped
public class Valve {
  private static final String COUNT =
      """
      SELECT
        (SELECT count(*) FROM hr_person WHERE tenant_id = ? AND state = 'EMPLOYED'),
        (SELECT count(*) FROM hr_event
         WHERE tenant_id = ? AND type = 'LEFT' AND disposition = 'APPLIED' AND job_id IS NOT NULL
           AND decided_at > ?::timestamptz AND number > ?)
      """;

  private final DataSource dataSource;
  private final HrConfig config;

  Valve(DataSource dataSource, HrConfig config) {
    this.dataSource = dataSource;
    this.config = config;
  }

  /** How many there are and have been lately; goes on counting within one transaction. */
  public final class Reading {
    private final long releasedUpTo;
    private long employed;
    private long disabled;

    Reading(long employed, long disabled, long releasedUpTo) {
      this.employed = employed;
      this.disabled = disabled;
      this.releasedUpTo = releasedUpTo;
    }

    /**
     * Asks to disable one more.
     *
     * @param event number of the event that says so
     * @return why not; empty when it may be: then it counts as done
     */
    public Optional<String> disable(long event) {
      if (event <= releasedUpTo) {
        employed--;
        return Optional.empty();
      }
      // As many as there were before the first of them.
      long base = employed + disabled;
      long limit = Math.max(config.valveAccounts(), base * config.valvePercent() / 100);
      if (disabled + 1 > limit) {
        return Optional.of(because(limit, base));
      }
      employed--;
      disabled++;
      return Optional.empty();
    }

    private String because(long limit, long base) {
      return "Within "
          + config.valveWindow().toHours()
          + " hours no more than "
          + limit
          + " of the "
          + base
          + " people whom HR employs may be disabled unasked ("
          + config.valvePercent()
          + " %, at least "
          + config.valveAccounts()
          + "). The next one and all events after it wait. Check that HR means these people, then"
          + " release the feed: what has come by then goes on without this limit.";
    }
  }

  @Transactional(Transactional.TxType.MANDATORY)
  public Reading read(String tenant, Feed feed, Instant now) {
    Instant since = now.minus(config.valveWindow());
    if (feed.releasedAt() != null && feed.releasedAt().isAfter(since)) {
      since = feed.releasedAt();
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setString(1, tenant);
      statement.setString(2, tenant);
      statement.setString(3, since.toString());
      statement.setLong(4, feed.releasedUpTo());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Reading(row.getLong(1), row.getLong(2), feed.releasedUpTo());
      }
    } catch (SQLException e) {
      throw new IllegalStateException("those whom HR employs can't be counted", e);
    }
  }
}
