package io.muster.inbox.closing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.muster.contracts.topic.Topics;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Drops the partitions of days whose jobs are all closed and whose commands no topic holds any
 * more; what belongs to those days in other tables follows. A job that was never heard to be closed
 * is open. The gauge {@code muster.inbox.days.waiting} counts days that are old enough and wait for
 * an open job. Why so: {@code docs/decisions/0013-when-a-day-is-forgotten.md}.
 */
@ApplicationScoped
public class ForgettingDays {
  private static final Logger LOG = Logger.getLogger(ForgettingDays.class);

  private static final String OLD_DAYS =
      """
      SELECT to_date(days.day, 'YYYYMMDD') AS day
      FROM (SELECT right(c.relname, 8) AS day FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'command_inbox'::regclass) AS days
      WHERE to_date(days.day, 'YYYYMMDD') < ?
      ORDER BY 1
      """;

  private final javax.sql.DataSource finder;
  private final List<KeptByDay> besides;
  private final Clock clock;
  private final Duration age;
  private volatile int waiting;

  @Inject
  ForgettingDays(
      @DataSource("finder") javax.sql.DataSource finder,
      @Any Instance<KeptByDay> besides,
      ClosingConfig config,
      MeterRegistry metrics) {
    this(
        finder,
        besides.stream().toList(),
        Clock.systemUTC(),
        longEnough(config.topicRetention()).plus(config.keep()));
    Gauge.builder("muster.inbox.days.waiting", () -> waiting)
        .description("Days whose commands are old enough to be forgotten, but for an open job")
        .register(metrics);
  }

  ForgettingDays(javax.sql.DataSource finder, List<KeptByDay> besides, Clock clock, Duration age) {
    this.finder = finder;
    this.besides = besides;
    this.clock = clock;
    this.age = age;
  }

  /** A command that is still on a topic must find its outcome. */
  static Duration longEnough(Duration topicRetention) {
    Duration longest = Topics.longestLifeOfARecord();
    if (topicRetention.compareTo(longest) < 0) {
      throw new IllegalArgumentException(
          "muster.inbox.closing.topic-retention is "
              + topicRetention
              + ", but topics keep records for "
              + longest
              + ": commands would be done twice. Set it to that or more.");
    }
    return topicRetention;
  }

  /** One look; what isn't to be had just now stays until the next. */
  @Scheduled(
      every = "${muster.inbox.closing.look-every:1h}",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  public void forgetOldDays() {
    int left = 0;
    try {
      for (LocalDate day : oldDays()) {
        if (forgetIfPossible(day)) {
          LOG.infof("day forgotten, all its jobs are closed: day=%s", day);
        } else {
          left++;
        }
      }
      waiting = left;
      for (KeptByDay kept : besides) {
        long rows = new RowsOfGoneDays(finder).delete(kept.table(), firstKept());
        if (rows > 0) {
          LOG.infof("rows of forgotten days deleted: %d, table=%s", rows, kept.table());
        }
      }
    } catch (SQLException e) {
      LOG.infof("days can't be forgotten just now, SQLSTATE %s", e.getSQLState());
    }
  }

  /** A day that can't be had just now keeps no other one. */
  private boolean forgetIfPossible(LocalDate day) {
    try {
      return forget(day);
    } catch (SQLException e) {
      LOG.infof("a day can't be forgotten just now, day=%s, SQLSTATE %s", day, e.getSQLState());
      return false;
    }
  }

  private LocalDate firstKept() {
    // The day's last job was made just before the next midnight.
    return clock.instant().minus(age).atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private List<LocalDate> oldDays() throws SQLException {
    List<LocalDate> days = new ArrayList<>();
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement(OLD_DAYS)) {
      statement.setObject(1, firstKept());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          days.add(rows.getObject(1, LocalDate.class));
        }
      }
    }
    return days;
  }

  /** All partitions that a day has, or none of them. */
  private boolean forget(LocalDate day) throws SQLException {
    try (Connection connection = finder.getConnection();
        PreparedStatement statement = connection.prepareStatement("SELECT drop_closed_day(?)")) {
      statement.setObject(1, day);
      try (ResultSet answer = statement.executeQuery()) {
        answer.next();
        return answer.getBoolean(1);
      }
    }
  }
}
