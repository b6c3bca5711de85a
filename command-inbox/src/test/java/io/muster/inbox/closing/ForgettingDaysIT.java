package io.muster.inbox.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.contracts.topic.Topics;
import io.muster.inbox.InboxDatabase;
import io.muster.inbox.database.DayPartitions;
import io.muster.inbox.database.JobDay;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ForgettingDaysIT {
  private static final Duration AGE = Duration.ofDays(37);

  private final InboxDatabase database = InboxDatabase.shared();
  private final DayPartitions partitions = new DayPartitions(database.dataSource(), database);
  private final ClosedJobs closed = new ClosedJobs(database.dataSource(), partitions, database);

  @Test
  void aDayGoesWithAllItsTablesWhenEveryJobInItIsClosed() throws SQLException {
    LocalDate day = LocalDate.of(2021, 3, 1);
    UUID one = aJobWithRows(day, "contoso", 1);
    UUID other = aJobWithRows(day, "fabrikam", 2);
    closed.remember(List.of(one, other));

    forgetOn(day.plusDays(38));

    assertThat(tablesOf(day)).isEmpty();
  }

  @Test
  void aDayStaysWhileAnyTenantsJobWasNotHeardToBeClosed() throws SQLException {
    LocalDate day = LocalDate.of(2021, 4, 1);
    closed.remember(List.of(aJobWithRows(day, "contoso", 1), aJobWithRows(day, "contoso", 2)));
    UUID open = aJobWithRows(day, "fabrikam", 3);

    forgetOn(day.plusDays(400));
    assertThat(tablesOf(day)).hasSize(2);

    closed.remember(List.of(open));
    forgetOn(day.plusDays(400));
    assertThat(tablesOf(day)).isEmpty();
  }

  @Test
  void aDayStaysUntilItsLastCommandCanNoLongerComeAgain() throws SQLException {
    LocalDate day = LocalDate.of(2021, 5, 1);
    closed.remember(List.of(aJobWithRows(day, "contoso", 1)));

    forgetOn(day.plusDays(37));
    assertThat(tablesOf(day)).hasSize(2);

    forgetOn(day.plusDays(38));
    assertThat(tablesOf(day)).isEmpty();
  }

  @Test
  void aJobThatBeginsAfterItsDayWasForgottenFindsANewOne() throws SQLException {
    LocalDate day = LocalDate.of(2021, 6, 1);
    partitions.ensure(Set.of(day));
    forgetOn(day.plusDays(38));
    assertThat(tablesOf(day)).isEmpty();

    // As a batch that fails for want of its partition.
    partitions.forget();
    aJobWithRows(day, "contoso", 1);

    forgetOn(day.plusDays(38));
    assertThat(tablesOf(day)).hasSize(2);
  }

  @Test
  void aBatchUnderWayIsNotDisturbedAndTheDayGoesNextTime() throws SQLException {
    LocalDate day = LocalDate.of(2021, 7, 1);
    closed.remember(List.of(aJobWithRows(day, "contoso", 1)));

    database.inNew(
        () -> {
          try (Connection batch = database.dataSource().getConnection();
              Statement statement = batch.createStatement()) {
            statement.execute("SELECT FROM command_inbox");
            forgetOn(day.plusDays(38));
            assertThat(tablesOf(day)).hasSize(2);
            return null;
          }
        });

    forgetOn(day.plusDays(38));
    assertThat(tablesOf(day)).isEmpty();
  }

  @Test
  void theDatabaseKeepsWhatMayComeAgainAndLetsOnlyTheFinderAsk() throws SQLException {
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    partitions.ensure(Set.of(yesterday));

    try (Connection finder = database.finder().getConnection();
        Statement statement = finder.createStatement()) {
      assertThatThrownBy(() -> statement.execute("SELECT drop_closed_day('" + yesterday + "')"))
          .hasMessageContaining("may come again");
    }
    assertThatThrownBy(
            () ->
                database.inNew(
                    () -> {
                      try (Connection app = database.dataSource().getConnection();
                          Statement statement = app.createStatement()) {
                        return statement.execute("SELECT drop_closed_day('2021-09-01')");
                      }
                    }))
        .hasMessageContaining("permission denied");
  }

  @Test
  void whatIsNotPartitionedGoesByPortionsOnceItsDayIsGone() throws SQLException {
    LocalDate gone = LocalDate.of(2021, 8, 1);
    LocalDate open = LocalDate.of(2021, 8, 2);
    LocalDate fresh = LocalDate.of(2021, 8, 20);
    closed.remember(List.of(aJobWithRows(gone, "contoso", 1), aJobWithRows(fresh, "contoso", 1)));
    aJobWithRows(open, "contoso", 1);
    aTableBesides("besides", Map.of(gone, 25_000, open, 7, fresh, 5));

    forgetOn(gone.plusDays(40), "besides");

    assertThat(daysIn("besides")).containsExactly("2021-08-02 7", "2021-08-20 5");
  }

  @Test
  void whatACrashLeftOfADayThatIsGoneGoesAtTheNextLook() throws SQLException {
    LocalDate gone = LocalDate.of(2021, 9, 1);
    aTableBesides("left_over", Map.of(gone, 3));

    forgetOn(gone.plusDays(37), "left_over");
    assertThat(daysIn("left_over")).containsExactly("2021-09-01 3");

    forgetOn(gone.plusDays(38), "left_over");
    assertThat(daysIn("left_over")).isEmpty();
  }

  @Test
  void twoInstancesForgetAtOnceWhatIsToBeForgotten() throws SQLException {
    List<LocalDate> days =
        IntStream.rangeClosed(1, 28).mapToObj(d -> LocalDate.of(2022, 2, d)).toList();
    for (LocalDate day : days) {
      closed.remember(List.of(aJobWithRows(day, "contoso", 1)));
      aTableBesides("of_both", Map.of(day, 500));
    }

    List<CompletableFuture<Void>> instances =
        Stream.generate(() -> days.get(27).plusDays(38))
            .limit(2)
            .map(today -> CompletableFuture.runAsync(() -> forgetOn(today, "of_both")))
            .toList();
    instances.forEach(CompletableFuture::join);
    // One may have stood in the other's way for longer than it waits.
    forgetOn(days.get(27).plusDays(38), "of_both");

    for (LocalDate day : days) {
      assertThat(tablesOf(day)).isEmpty();
    }
    assertThat(daysIn("of_both")).isEmpty();
  }

  @Test
  void aSeasonOfDailyJobsTakesNoMoreRoomThanTheDaysThatAreKept() throws SQLException {
    LocalDate first = LocalDate.of(2023, 1, 1);
    int mostDays = 0;
    for (LocalDate today = first; today.isBefore(first.plusDays(90)); today = today.plusDays(1)) {
      aJobWithRows(today, "contoso", 1);
      LocalDate monthAgo = today.minusDays(30);
      if (!monthAgo.isBefore(first)) {
        closed.remember(List.of(jobOf(monthAgo, 1)));
      }

      forgetOn(today);

      mostDays = Math.max(mostDays, daysOfInbox(first));
    }

    // Today, those on which a command may come again or a job be open, and the one that they end
    // in.
    assertThat(mostDays).isEqualTo((int) AGE.toDays() + 1);
  }

  private int daysOfInbox(LocalDate first) throws SQLException {
    try (Connection finder = database.finder().getConnection();
        Statement statement = finder.createStatement();
        ResultSet days =
            statement.executeQuery(
                "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname >= 'command_inbox_"
                    + suffix(first)
                    + "' AND relname < 'command_inbox_"
                    + suffix(first.plusDays(90))
                    + "'")) {
      days.next();
      return days.getInt(1);
    }
  }

  @Test
  void aTopicRetentionShorterThanTheTopicsOwnIsRefusedWithTheCure() {
    assertThatThrownBy(() -> ForgettingDays.longEnough(Duration.ofDays(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("muster.inbox.closing.topic-retention")
        .hasMessageContaining(Topics.longestLifeOfARecord().toString());
    assertThat(ForgettingDays.longEnough(Topics.longestLifeOfARecord()))
        .isEqualTo(Topics.longestLifeOfARecord())
        // What the database insists on, and what is configured.
        .isLessThanOrEqualTo(Duration.ofDays(8));
  }

  private void forgetOn(LocalDate today, String... besides) {
    List<KeptByDay> kept = Stream.of(besides).map(table -> (KeptByDay) () -> table).toList();
    new ForgettingDays(database.finder(), kept, clock(today), AGE).forgetOldDays();
  }

  /** A table such as services have, with so many rows of jobs of each day. */
  private void aTableBesides(String name, Map<LocalDate, Integer> rows) {
    database.asSuperuser(
        """
        CREATE TABLE IF NOT EXISTS %1$s (tenant_id text, job_id uuid);
        CREATE INDEX IF NOT EXISTS %1$s_by_job ON %1$s (job_id);
        GRANT SELECT (ctid, job_id), DELETE ON %1$s TO user_service_finder;
        """
            .formatted(name));
    rows.forEach(
        (day, count) ->
            database.asSuperuser(
                "INSERT INTO %s SELECT 'contoso', '%s' FROM generate_series(1, %d)"
                    .formatted(name, jobOf(day, 1), count)));
  }

  private List<String> daysIn(String table) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection finder = database.finder().getConnection();
        Statement statement = finder.createStatement();
        ResultSet days =
            statement.executeQuery(
                """
                SELECT uuid_extract_timestamp(job_id)::date || ' ' || count(*) FROM %s
                GROUP BY job_id ORDER BY 1
                """
                    .formatted(table))) {
      while (days.next()) {
        found.add(days.getString(1));
      }
    }
    return found;
  }

  private static Clock clock(LocalDate today) {
    Instant midnight = today.atStartOfDay(ZoneOffset.UTC).toInstant();
    return Clock.fixed(midnight, ZoneOffset.UTC);
  }

  private UUID aJobWithRows(LocalDate day, String tenant, int number) throws SQLException {
    UUID job = jobOf(day, number);
    partitions.ensure(Set.of(day));
    database.inNew(
        () -> {
          try (Connection connection = database.dataSource().getConnection();
              Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config('muster.tenants', '" + tenant + "', true)");
            return statement.execute(
                """
                INSERT INTO command_inbox
                SELECT '%s', '%s', row_no, 'C', 'A' FROM generate_series(1, 20) AS row_no
                """
                    .formatted(tenant, job));
          }
        });
    return job;
  }

  private static UUID jobOf(LocalDate day, int number) {
    return new UUID(
        JobDay.firstId(day).getMostSignificantBits() | 0x7000L,
        0x8000_0000_0000_0000L | (long) number);
  }

  private static String suffix(LocalDate day) {
    return day.toString().replace("-", "");
  }

  private List<String> tablesOf(LocalDate day) throws SQLException {
    String suffix = "_" + suffix(day);
    List<String> found = new ArrayList<>();
    try (Connection finder = database.finder().getConnection();
        Statement statement = finder.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE '%"
                    + suffix
                    + "' ORDER BY 1")) {
      while (tables.next()) {
        found.add(tables.getString(1));
      }
    }
    return found;
  }
}
