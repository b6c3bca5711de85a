package io.muster.bulkingest.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.StandInServices;
import io.muster.bulkingest.Tenant;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is heard of rows that were appended, and how their job comes to its end. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class EndsOfRowsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject AppendingRows appending;
  @Inject TenantScope tenants;
  @Inject Listener listener;

  private final Tenant tenant = new Tenant("ends");
  private StandInServices services;
  private Feed feed;

  @BeforeEach
  void aFeed() {
    feed = new Feed(appending, tenants, tenant.name());
    services = new StandInServices();
  }

  @AfterEach
  void noServices() throws InterruptedException {
    services.close();
  }

  @Test
  void aJobEndsWhenItsDayIsOverAndNotBeforeThoughAllItsRowsHave() {
    UUID job = feed.hires(Feed.today(), "a", "b").get(0).jobId();
    services.answer(job, command -> command.row() == 1);
    heard(job, 2);
    awaitCounted(job, 2);

    assertThat(listener.of(job))
        .containsExactly(
            new EndedRow(tenant.name(), job, 1, Part.USER, PartOutcome.APPLIED, null, null),
            new EndedRow(
                tenant.name(),
                job,
                2,
                Part.USER,
                PartOutcome.REJECTED,
                RowCode.USER_NOT_FOUND,
                "There is no such user."));
    assertThat(tenant.state(job)).isEqualTo("RUNNING");
    feed.hires(Feed.today(), "c");
    heard(job, 3);
    dayIsOver(job);
    tenant.await(job, "PARTIALLY_FAILED");
    assertThat(tenant.job(job)).containsEntry("total", 3L).containsEntry("succeeded", 1L);
    assertThat(feed.hires(Feed.today(), "late").get(0).jobId()).isNotEqualTo(job);
  }

  @Test
  void aRowThatComesTooLateForItsDayIsDoneAllTheSame() {
    LocalDate past = Feed.today().minusDays(2);

    UUID job = feed.hires(past, "late").get(0).jobId();
    services.answer(job, command -> true);

    tenant.await(job, "SUCCEEDED");
    assertThat(tenant.job(job)).containsEntry("succeeded", 1L).containsEntry("takes_rows", false);
  }

  @Test
  void aJobWhoseDayIsOverWaitsForTheRowsThatAreOut() {
    UUID job = feed.hires(Feed.today().minusDays(2), "a").get(0).jobId();
    await().atMost(PATIENCE).until(() -> !services.rows(job).isEmpty());
    await().atMost(PATIENCE).until(() -> !(boolean) tenant.job(job).get("takes_rows"));

    assertThat(tenant.state(job)).isEqualTo("RUNNING");

    services.answer(job, command -> false);
    tenant.await(job, "FAILED");
  }

  @Test
  void whoCouldNotHearAnEndIsToldAgain() {
    UUID job = feed.hires(Feed.today(), "a").get(0).jobId();
    listener.isDeafTo(job);
    services.answer(job, command -> true);
    await().atMost(PATIENCE).until(() -> count("job_id = ? AND ended AND NOT told", job) == 1);

    listener.hearsAgain(job);

    heard(job, 1);
    await().atMost(PATIENCE).until(() -> count("job_id = ? AND told", job) == 1);
  }

  @Test
  void rowsWhoseEndWasNotHeardAreSentAgainFromTheFirstOfThemOn() {
    UUID job = feed.hires(Feed.today(), "a", "b").get(0).jobId();
    services.answer(job, command -> true);
    heard(job, 2);
    services.hold(job);
    feed.hires(Feed.today(), "lost", "d");
    await().atMost(PATIENCE).until(() -> services.rows(job).size() == 4);
    services.forget(job);

    await("sent again").atMost(PATIENCE).until(() -> services.rows(job).size() == 2);
    assertThat(services.rows(job)).containsExactlyInAnyOrder(3L, 4L);
    services.answer(job, command -> true);
    heard(job, 4);
  }

  @Test
  void whatACancelCutOffIsToldLikeEveryEnd() {
    UUID job = feed.hires(Feed.today(), "a").get(0).jobId();
    await().atMost(PATIENCE).until(() -> services.rows(job).size() == 1);
    tenant.call(job, "pause").statusCode(202);
    feed.hires(Feed.today(), "b", "c");

    tenant.call(job, "cancel").statusCode(202);

    heard(job, 2);
    assertThat(listener.of(job))
        .extracting(EndedRow::row, EndedRow::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2L, PartOutcome.SKIPPED),
            org.assertj.core.groups.Tuple.tuple(3L, PartOutcome.SKIPPED));
    assertThat(tenant.state(job)).isEqualTo("CANCELLING");
    services.answer(job, command -> true);
    tenant.await(job, "CANCELLED");
    heard(job, 3);
  }

  @Test
  void aRetryMakesItsAccountsAsTheRowsDidAndAnUndoTakesThemBack() {
    UUID job = feed.hires(Feed.today(), "a", "b", "c").get(0).jobId();
    feed.append(Feed.today(), List.of(Feed.hire("d")));
    services.answer(job, command -> command.row() % 2 == 0);
    heard(job, 4);
    awaitCounted(job, 4);
    dayIsOver(job);
    tenant.await(job, "PARTIALLY_FAILED");

    UUID retry = child(job, "retry", 1, 3);
    UUID undo = child(job, "undo", 2, 4);

    List<UserCommand> again = commands(retry, 2);
    assertThat(again)
        .extracting(UserCommand::userPrincipalName)
        .containsExactly("a@x.com", "c@x.com");
    assertThat(again).allMatch(UserCommand::create).noneMatch(UserCommand::generate);
    assertThat(again.get(0).properties()).containsEntry("displayName", "User a");
    assertThat(again).allMatch(command -> command.actor().subject().equals("ada"));
    assertThat(commands(undo, 2))
        .as("the last one first")
        .extracting(UserCommand::reverts)
        .containsExactly(new CommandId(job, 4), new CommandId(job, 2));
    assertThat(commands(undo, 2)).noneMatch(UserCommand::create);
    assertThat(
            tenant
                .admin()
                .get("/v1/jobs/" + job + "/rows?after=1&limit=2")
                .then()
                .extract()
                .<List<Integer>>path("items.row"))
        .containsExactly(2, 3);
    tenant.call(job, "close").statusCode(202);
    await("rows of a closed job go").atMost(PATIENCE).until(() -> count("job_id = ?", job) == 0);
    tenant.admin().get("/v1/jobs/" + job + "/rows").then().statusCode(410);
  }

  private UUID child(UUID parent, String call, int... rows) {
    BitSet bits = new BitSet();
    for (int row : rows) {
      bits.set(row);
    }
    return UUID.fromString(
        tenant
            .admin()
            .contentType("application/octet-stream")
            .body(bits.toByteArray())
            .post("/v1/jobs/" + parent + "/" + call)
            .then()
            .statusCode(202)
            .extract()
            .path("id"));
  }

  private List<UserCommand> commands(UUID job, int count) {
    await().atMost(PATIENCE).until(() -> services.rows(job).size() >= count);
    return services.commands(job).stream()
        .sorted(java.util.Comparator.comparingLong(UserCommand::row))
        .toList();
  }

  private void heard(UUID job, int rows) {
    await(rows + " ends").atMost(PATIENCE).until(() -> listener.of(job).size() == rows);
  }

  private void awaitCounted(UUID job, long rows) {
    await("counted")
        .atMost(PATIENCE)
        .until(
            () ->
                (long) tenant.job(job).get("succeeded") + (long) tenant.job(job).get("failed")
                    == rows);
  }

  private static void dayIsOver(UUID job) {
    Tenant.change("UPDATE job SET takes_rows_until = now() WHERE id = ?", job);
  }

  private static long count(String condition, UUID job) throws SQLException {
    try (Connection connection = TestPlatform.shared().superuser("bulk-ingest-service");
        PreparedStatement select =
            connection.prepareStatement("SELECT count(*) FROM job_row WHERE " + condition)) {
      select.setObject(1, job);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
