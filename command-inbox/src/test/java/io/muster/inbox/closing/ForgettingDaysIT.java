package io.muster.inbox.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ForgettingDaysIT {
  private static final Duration AGE = Duration.ofDays(37);

  private final InboxDatabase database = InboxDatabase.shared();
  private final DayPartitions partitions = new DayPartitions(database.dataSource(), database);
  private final ClosedJobs closed = new ClosedJobs(database.dataSource(), partitions, database);
  private final List<LocalDate> toldToForget = new ArrayList<>();

  @Test
  void aDayGoesWithAllItsTablesWhenEveryJobInItIsClosed() throws SQLException {
    LocalDate day = LocalDate.of(2021, 3, 1);
    UUID one = aJobWithRows(day, "contoso", 1);
    UUID other = aJobWithRows(day, "fabrikam", 2);
    closed.remember(List.of(one, other));

    forgetOn(day.plusDays(38));

    assertThat(tablesOf(day)).isEmpty();
    assertThat(toldToForget).containsExactly(day);
  }

  @Test
  void aDayStaysWhileAnyTenantsJobWasNotHeardToBeClosed() throws SQLException {
    LocalDate day = LocalDate.of(2021, 4, 1);
    closed.remember(List.of(aJobWithRows(day, "contoso", 1), aJobWithRows(day, "contoso", 2)));
    UUID open = aJobWithRows(day, "fabrikam", 3);

    forgetOn(day.plusDays(400));
    assertThat(tablesOf(day)).hasSize(2);
    assertThat(toldToForget).doesNotContain(day);

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
  void whatIsNotPartitionedGoesWithTheDayOrTheDayStays() throws SQLException {
    LocalDate day = LocalDate.of(2021, 8, 1);
    closed.remember(List.of(aJobWithRows(day, "contoso", 1)));
    KeptByDay broken =
        (finder, forgotten) -> {
          throw new SQLException("no", "42501");
        };

    new ForgettingDays(database.finder(), List.of(broken), clock(day.plusDays(38)), AGE)
        .forgetOldDays();

    assertThat(tablesOf(day)).hasSize(2);
    forgetOn(day.plusDays(38));
    assertThat(tablesOf(day)).isEmpty();
  }

  private void forgetOn(LocalDate today) {
    KeptByDay kept = (finder, day) -> toldToForget.add(day);
    new ForgettingDays(database.finder(), List.of(kept), clock(today), AGE).forgetOldDays();
  }

  private static Clock clock(LocalDate today) {
    Instant midnight = today.atStartOfDay(ZoneOffset.UTC).toInstant();
    return Clock.fixed(midnight, ZoneOffset.UTC);
  }

  private UUID aJobWithRows(LocalDate day, String tenant, int number) throws SQLException {
    UUID first = JobDay.firstId(day);
    UUID job =
        new UUID(first.getMostSignificantBits() | 0x7000L, 0x8000_0000_0000_0000L | (long) number);
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

  private List<String> tablesOf(LocalDate day) throws SQLException {
    String suffix = "_" + day.toString().replace("-", "");
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
