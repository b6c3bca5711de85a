package io.muster.bulkingest.hr.feed;

import io.muster.bulkingest.hr.HrConfig;
import io.muster.bulkingest.hr.account.AccountsOfEmployees;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * The safety valve: whether a feed may disable one more of its tenant's active accounts without
 * being asked about.
 */
@ApplicationScoped
public class Valve {
  /** Who was disabled before isn't taken from the tenant by this feed. */
  private static final String COUNT =
      """
      SELECT count(*) FROM hr_event
      WHERE tenant_id = ? AND type = 'LEFT' AND disposition = 'APPLIED' AND job_id IS NOT NULL
        AND reason IS NULL AND decided_at > ?::timestamptz AND number > ?
      """;

  /** More than one round can disable. */
  private static final long A_ROUND = 2_000;

  private final DataSource dataSource;
  private final AccountsOfEmployees accounts;
  private final HrConfig config;

  Valve(DataSource dataSource, AccountsOfEmployees accounts, HrConfig config) {
    this.dataSource = dataSource;
    this.accounts = accounts;
    this.config = config;
  }

  /** How many there are and have been lately; goes on counting within one transaction. */
  public final class Reading {
    private final String tenant;
    private final Feed feed;
    private final Instant since;
    private long disabled;
    private Long base;
    private Long measured;

    Reading(String tenant, Feed feed, Instant since, long disabled) {
      this.tenant = tenant;
      this.feed = feed;
      this.since = since;
      this.disabled = disabled;
    }

    /**
     * Asks to disable one more.
     *
     * @param event number of the event that says so
     * @return why not; empty when it may be: then it counts as done
     * @throws IllegalStateException when nobody can tell how many accounts there are
     */
    public Optional<String> disable(long event) {
      if (event <= feed.releasedUpTo()) {
        return Optional.empty();
      }
      if (base == null) {
        base = measure();
      }
      long limit = Math.max(config.valveAccounts(), base * config.valvePercent() / 100);
      if (disabled + 1 > limit) {
        return Optional.of(because(limit));
      }
      disabled++;
      return Optional.empty();
    }

    /**
     * As many as there were before the first of them. Accounts that came since then count as well.
     */
    private long measure() {
      long matters =
          config.valvePercent() == 0 ? 1 : (disabled + A_ROUND) * 100 / config.valvePercent();
      long now = accounts.active(tenant, matters);
      if (feed.measuredAt() != null && feed.measuredAt().isAfter(since)) {
        return Math.max(feed.measured(), now);
      }
      measured = now;
      return now;
    }

    /** What is to be remembered as the number before the first; empty where that is known. */
    public OptionalLong measured() {
      return measured == null ? OptionalLong.empty() : OptionalLong.of(measured);
    }

    private String because(long limit) {
      return "Within "
          + config.valveWindow().toHours()
          + " hours no more than "
          + limit
          + " of the "
          + base
          + " active accounts may be disabled unasked ("
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
      statement.setString(2, since.toString());
      statement.setLong(3, feed.releasedUpTo());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Reading(tenant, feed, since, row.getLong(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("those whom HR has disabled can't be counted", e);
    }
  }
}
