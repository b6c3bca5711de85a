package io.muster.bulkingest.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.AccountsStandIn;
import io.muster.bulkingest.Platform;
import io.muster.bulkingest.StandInServices;
import io.muster.bulkingest.Tenant;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Jobs stop themselves and ask: when too much fails, and when too many accounts would go. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class GuardsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static StandInServices services;

  private final Tenant tenant = new Tenant("guard");

  @BeforeAll
  static void start() {
    services = new StandInServices();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    services.close();
  }

  @Test
  void aJobThatFailsStopsAndGoesOnForGoodWhenItIsResumed() {
    UUID job = tenant.upload(Tenant.users(20_000), "operation=add");
    services.answer(job, command -> command.row() % 2 == 0);

    tenant.await(job, "PAUSED");

    assertThat(tenant.job(job)).containsEntry("reason_code", "MAX_FAILURES");
    assertThat((String) tenant.job(job).get("reason_detail")).contains("20 %", "resume");
    await().atMost(PATIENCE).until(() -> settled(job));
    assertThat(services.rows(job).size()).as("20 % of 100 finished rows").isLessThan(400);

    tenant.call(job, "resume").statusCode(202);

    tenant.await(job, "PARTIALLY_FAILED");
    assertThat(services.rows(job)).hasSize(20_000);
  }

  @Test
  void aGuardedJobSendsLittleBeforeItIsKnownHowItGoes() {
    UUID job = tenant.upload(Tenant.users(20_000), "operation=add");
    UUID unguarded = tenant.upload(Tenant.users(20_001), "operation=add&maxFailures=100%");
    await().atMost(PATIENCE).until(() -> services.rows(unguarded).size() > 500);

    await().atMost(PATIENCE).until(() -> services.rows(job).size() >= 100);
    services.answer(unguarded, command -> true);
    tenant.await(unguarded, "SUCCEEDED");

    assertThat((long) tenant.checkpoint(job).get("intended_row")).isEqualTo(100L);
    services.answer(job, command -> true);
    tenant.await(job, "SUCCEEDED");
  }

  @Test
  void aJobStopsAtItsOwnLimitAndNotAtTheDefaultOne() {
    UUID strict = tenant.upload(Tenant.users(20_000), "operation=add&maxFailures=5");
    services.answer(strict, command -> command.row() % 100 != 0);
    UUID easy = tenant.upload(Tenant.users(20_001), "operation=add&maxFailures=100%");
    services.answer(easy, command -> false);

    tenant.await(strict, "PAUSED");
    tenant.await(easy, "FAILED");
    assertThat(tenant.job(strict)).containsEntry("reason_code", "MAX_FAILURES");
  }

  @Test
  void rowsThatFailedAreNotCountedOnceMoreWhenTheyAreSentAgain() {
    UUID job =
        tenant.upload(
            Tenant.users(300), "operation=add&maxFailures=8&startAt=2999-01-01T00:00:00Z");
    services.answer(job, command -> command.row() > 5);

    Tenant.change(
        "UPDATE dispatch_checkpoint SET intended_row = 120, dispatched = 120 WHERE job_id = ?",
        job);
    Tenant.change("UPDATE job SET start_at = NULL, succeeded = 115, failed = 5 WHERE id = ?", job);

    tenant.await(job, "PARTIALLY_FAILED");
    assertThat(tenant.job(job)).containsEntry("failed", 5L).containsEntry("succeeded", 295L);
  }

  @Test
  void rowsThatWereLostWhileTheJobWaitedForThemAreSentAgain() {
    UUID job = tenant.upload(Tenant.users(300), "operation=add");
    await().atMost(PATIENCE).until(() -> services.rows(job).size() == 100);

    services.forget(job);
    services.answer(job, command -> true);

    tenant.await(job, "SUCCEEDED");
    assertThat(services.rows(job)).hasSize(300);
  }

  @Test
  void notOneAccountMoreThanAllowedIsRemoved() {
    UUID job = tenant.upload(Tenant.users(200), "operation=remove");
    services.answer(job, command -> true);

    tenant.await(job, "PAUSED");

    assertThat(tenant.job(job)).containsEntry("reason_code", "BLAST_RADIUS");
    assertThat((String) tenant.job(job).get("reason_detail")).contains("50", "20 %", "resume");
    assertThat(tenant.checkpoint(job)).containsEntry("intended_row", 50L);
    await().atMost(PATIENCE).until(() -> services.answered(job) == 50);

    UUID later = tenant.upload(Tenant.users(101), "operation=disable");
    tenant.await(later, "PAUSED");
    assertThat(tenant.checkpoint(later)).containsEntry("intended_row", 0L);

    tenant.call(job, "resume").statusCode(202);
    tenant.await(job, "SUCCEEDED");
    assertThat(services.commands(job)).hasSize(200);
    assertThat(services.commands(later)).isEmpty();
  }

  @Test
  void theLimitGrowsWithTheTenantAndIsAskedAgainAtAResume() throws IOException {
    try (AccountsStandIn accounts = new AccountsStandIn(600)) {
      UUID job = tenant.upload(Tenant.users(300), "operation=disable&maxFailures=100%");
      tenant.await(job, "PAUSED");
      assertThat(tenant.checkpoint(job)).containsEntry("intended_row", 120L);
      assertThat((String) tenant.job(job).get("reason_detail")).contains("120", "600");

      UUID requested =
          tenant.upload(
              Tenant.users(130), "operation=remove&maxFailures=100%&startAt=2999-01-01T00:00:00Z");
      tenant.call(requested, "pause").statusCode(202);
      accounts.become(1_000);
      Tenant.change("UPDATE job SET start_at = NULL WHERE id = ?", requested);
      tenant.call(requested, "resume").statusCode(202);
      tenant.await(requested, "PAUSED");
      assertThat(tenant.checkpoint(requested)).containsEntry("intended_row", 80L);
    }
  }

  @Test
  void smallJobsAndSingleCallsCountButAreNotStopped() {
    UUID small = tenant.upload(Tenant.users(60), "operation=remove");
    services.answer(small, command -> true);
    tenant.await(small, "SUCCEEDED");

    UUID big = tenant.upload(Tenant.users(101), "operation=remove");

    tenant.await(big, "PAUSED");
    assertThat(services.rows(big)).isEmpty();
    Tenant.change(
        "UPDATE blast_radius SET slot = slot - interval '25 hours' WHERE tenant_id = ?",
        tenant.name());
    UUID dayLater = tenant.upload(Tenant.users(102), "operation=remove");
    tenant.await(dayLater, "PAUSED");
    assertThat(tenant.checkpoint(dayLater)).containsEntry("intended_row", 50L);
  }

  @Test
  void inAMixedFileTheRowsOwnOperationCounts() {
    StringBuilder csv = new StringBuilder("UserPrincipalName,DisplayName,Action\n");
    for (int row = 1; row <= 300; row++) {
      csv.append("u").append(row).append("@x.com,User,").append(row % 2 == 0 ? "remove\n" : "\n");
    }

    UUID job = tenant.upload(csv.toString(), "operation=add&maxFailures=100%");

    tenant.await(job, "PAUSED");
    await().atMost(PATIENCE).until(() -> services.rows(job).size() == 101);
    assertThat(tenant.checkpoint(job)).containsEntry("intended_row", 101L);
    assertThat(services.commands(job).stream().map(UserCommand::operation))
        .filteredOn(Operation.REMOVE::equals)
        .hasSize(50);
  }

  @Test
  void aDryRunRemovesNobodyAndIsNotStopped() {
    UUID dry = tenant.upload(Tenant.users(200), "operation=remove&dryRun=true");
    services.answer(dry, command -> command.row() > 100);

    tenant.await(dry, "PARTIALLY_FAILED");

    assertThat(services.commands(dry)).hasSize(200).allMatch(UserCommand::dryRun);
    UUID real = tenant.upload(Tenant.users(200), "operation=remove");
    tenant.await(real, "PAUSED");
    assertThat(tenant.checkpoint(real)).containsEntry("intended_row", 50L);
  }

  private boolean settled(UUID job) {
    return tenant
            .checkpoint(job)
            .get("intended_row")
            .equals(tenant.checkpoint(job).get("acked_row"))
        && services.answered(job) == (long) tenant.checkpoint(job).get("intended_row");
  }
}
