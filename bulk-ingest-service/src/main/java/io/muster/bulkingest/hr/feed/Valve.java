package io.muster.bulkingest.hr.feed;

import io.muster.bulkingest.hr.HrConfig;
import io.muster.bulkingest.hr.account.Answers.Count;
import io.muster.bulkingest.hr.account.NotAsked;
import io.muster.bulkingest.hr.account.Questions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
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

  /** At least as many, whatever was released: before it is known what has to be asked. */
  private static final String COUNT_OF_MANY =
      """
      SELECT t.tenant_id, (
        SELECT count(*) FROM hr_event e
        WHERE e.tenant_id = t.tenant_id AND e.type = 'LEFT' AND e.disposition = 'APPLIED' AND e.job_id IS NOT NULL
          AND e.reason IS NULL AND e.decided_at > ?::timestamptz)
      FROM unnest(?::text[]) AS t (tenant_id)
      """;

  /** More than one round can disable. */
  private static final long A_ROUND = 2_000;

  private final DataSource dataSource;
  private final HrConfig config;

  Valve(DataSource dataSource, HrConfig config) {
    this.dataSource = dataSource;
    this.config = config;
  }

  /** How many there are and have been lately; goes on counting within one transaction. */
  public final class Reading {
    private final String tenant;
    private final Feed feed;
    private final Instant since;
    private final Optional<Count> active;
    private long disabled;
    private Long base;
    private Long measured;

    Reading(String tenant, Feed feed, Instant since, Optional<Count> active, long disabled) {
      this.tenant = tenant;
      this.feed = feed;
      this.since = since;
      this.active = active;
      this.disabled = disabled;
    }

    /**
     * Asks to disable one more.
     *
     * @param event number of the event that says so
     * @return why not; empty when it may be: then it counts as done
     * @throws NotAsked when it depends on a number of accounts that wasn't asked for
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
        if (config.valvePercent() > 0 && active.orElseThrow().isCapped()) {
          throw notAsked();
        }
        return Optional.of(because(limit));
      }
      disabled++;
      return Optional.empty();
    }

    /**
     * As many as there were before the first of them. Accounts that came since then count as well.
     */
    private long measure() {
      long now = active.orElseThrow(this::notAsked).active();
      if (feed.measuredAt() != null && feed.measuredAt().isAfter(since)) {
        return Math.max(feed.measured(), now);
      }
      measured = now;
      return now;
    }

    private NotAsked notAsked() {
      Questions questions = new Questions();
      questions.howMany(tenant, matters(disabled));
      return new NotAsked(questions);
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

  /** Beyond so many accounts it makes no difference how many there are. */
  private long matters(long disabled) {
    return config.valvePercent() == 0 ? 1 : (disabled + A_ROUND) * 100 / config.valvePercent();
  }

  /**
   * Adds how many active accounts these tenants have to what is to be asked: somebody of theirs may
   * have to be disabled. Needs a transaction that has entered them.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void foresee(Questions questions, Collection<String> tenants, Instant now)
      throws SQLException {
    if (tenants.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(COUNT_OF_MANY)) {
      statement.setString(1, now.minus(config.valveWindow()).toString());
      statement.setArray(2, connection.createArrayOf("text", tenants.toArray(String[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          questions.howMany(rows.getString(1), matters(rows.getLong(2)));
        }
      }
    }
  }

  /**
   * @param active how many active accounts there are; empty where that wasn't asked
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public Reading read(String tenant, Feed feed, Instant now, Optional<Count> active) {
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
        return new Reading(tenant, feed, since, active, row.getLong(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("those whom HR has disabled can't be counted", e);
    }
  }
}
