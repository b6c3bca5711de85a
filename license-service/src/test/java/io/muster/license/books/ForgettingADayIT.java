package io.muster.license.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.inbox.closing.ForgettingDays;
import io.muster.license.Commands;
import io.muster.license.LicenseServicePlatform;
import io.muster.license.OnTheBus;
import io.muster.license.SeatsDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs of a day that is older than all that topics and people keep. */
@QuarkusTest
@QuarkusTestResource(LicenseServicePlatform.class)
class ForgettingADayIT {
  @Inject ForgettingDays forgetting;

  private final SeatsDatabase database = SeatsDatabase.shared();
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final String tenant = database.aTenantWithSeats(9, "E3");

  @Test
  void whatADaysJobsGaveBackGoesWithTheDayAndNothingElse() {
    LocalDate day = today.minusDays(60);
    Commands old = Commands.madeOn(day, tenant, 1);
    givesBack(old, "old");
    givesBack(Commands.madeOn(today.minusDays(30), tenant, 2), "younger");
    closed(old);

    forgetting.forgetOldDays();

    assertThat(database.partitionsOf(day)).isEmpty();
    assertThat(database.givenBack(tenant)).containsOnlyKeys("younger-leaves@x.com E3");
    assertThat(database.exactSets(tenant)).containsOnlyKeys("younger-keeps@x.com");
    assertThat(database.sums(tenant)).as("seats aren't touched").containsEntry("E3", "2");
  }

  @Test
  void aDayStaysAsAWholeWhileOneOfItsJobsIsOpen() {
    LocalDate day = today.minusDays(70);
    Commands closed = Commands.madeOn(day, tenant, 1);
    Commands open = Commands.madeOn(day, tenant, 2);
    givesBack(closed, "closed");
    givesBack(open, "open");
    closed(closed);

    forgetting.forgetOldDays();

    assertThat(database.partitionsOf(day)).contains("command_inbox_" + digits(day));
    assertThat(database.givenBack(tenant)).hasSize(2);
    assertThat(database.exactSets(tenant)).hasSize(2);

    closed(open);
    forgetting.forgetOldDays();
    assertThat(database.partitionsOf(day)).isEmpty();
    assertThat(database.givenBack(tenant)).isEmpty();
  }

  @Test
  void aDaysDryRunsGoWithItsInbox() throws SQLException {
    LocalDate day = LocalDate.of(2021, 3, 1);
    database.makeDayPartitions(day);
    assertThat(database.partitionsOf(day))
        .contains("command_inbox_20210301", "dry_run_need_20210301", "dry_run_seat_20210301");

    try (Connection finder = database.finder();
        Statement statement = finder.createStatement()) {
      statement.execute("SELECT drop_closed_day('2021-03-01')");
    }

    assertThat(database.partitionsOf(day)).isEmpty();
  }

  private void givesBack(Commands job, String who) {
    OnTheBus.answers(
        List.of(
            job.take(1, who + "-stays@x.com", "E3"),
            job.take(2, who + "-leaves@x.com", "E3"),
            job.release(3, who + "-leaves@x.com"),
            job.set(4, who + "-keeps@x.com")));
  }

  private void closed(Commands job) {
    OnTheBus.closed(tenant, job.job());
    await().atMost(Duration.ofSeconds(30)).until(() -> database.closedJobs().contains(job.job()));
  }

  private static String digits(LocalDate day) {
    return day.toString().replace("-", "");
  }
}
