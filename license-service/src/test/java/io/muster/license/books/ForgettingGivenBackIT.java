package io.muster.license.books;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.LicenseCommand;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LicenseServicePlatform.class)
class ForgettingGivenBackIT {
  @Inject ForgettingGivenBack forgetting;

  private final SeatsDatabase database = SeatsDatabase.shared();

  @Test
  void whatADaysJobsGaveBackGoesWithTheDayAndNothingElse() throws SQLException {
    String tenant = database.aTenantWithSeats(1, "E3");
    Commands job = new Commands(tenant, 1);
    LicenseCommand release = job.release(2, "ada@contoso.com");
    OnTheBus.answers(
        List.of(job.take(1, "ada@contoso.com", "E3"), release, job.set(3, "bob@contoso.com")));
    LocalDate today = LocalDate.now(ZoneOffset.UTC);

    try (Connection finder = database.finder()) {
      finder.setAutoCommit(false);
      forgetting.forget(finder, today.minusDays(1));
      forgetting.forget(finder, today.plusDays(1));
      finder.commit();
      assertThat(database.givenBack(tenant)).hasSize(1);
      assertThat(database.exactSets(tenant)).containsEntry("bob@contoso.com", "1/3");

      forgetting.forget(finder, today);
      finder.commit();
    }

    assertThat(database.givenBack(tenant)).isEmpty();
    assertThat(database.exactSets(tenant)).isEmpty();
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
}
