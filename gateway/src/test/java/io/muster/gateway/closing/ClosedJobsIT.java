package io.muster.gateway.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.contracts.command.Part;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of jobs when they are closed, and long after that. */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class ClosedJobsIT {
  private static final String TENANT = "closing";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** More than a portion, so that it takes several. */
  private static final int ROWS = 45_000;

  @Inject MeterRegistry metrics;
  @Inject EmptyingClosedJobs emptying;
  @Inject ForgettingJobs forgetting;

  private final Bus bus = new Bus();

  @AfterEach
  void disconnect() {
    bus.close();
  }

  @Test
  void aClosedJobKeepsItsNumbersAndNothingByItsRows() throws SQLException {
    JobSnapshot open = ended(100);
    JobSnapshot closed = ended(ROWS);
    assertThat(keptByRow(closed.id()))
        .isEqualTo(Map.of("job_progress", 44L, "row_failure", 4_500L, "row_note", 4_500L));

    close(closed, JobSource.FILE);

    await().atMost(PATIENCE).until(() -> keptByRow(closed.id()).isEmpty());
    assertNumbers(closed, ROWS);
    for (String what : List.of("rows", "results.csv", "failures.csv")) {
      job(closed.id(), "/" + what).statusCode(410).body("code", equalTo("JOB_CLOSED"));
    }
    assertThat(keptByRow(open.id()))
        .isEqualTo(Map.of("job_progress", 1L, "row_failure", 10L, "row_note", 10L));
  }

  @Test
  void resultsThatComeAgainAfterThatAreNotCountedAgain() throws SQLException {
    JobSnapshot closed = ended(3_000);
    close(closed, JobSource.FILE);
    await().atMost(PATIENCE).until(() -> keptByRow(closed.id()).isEmpty());
    double heard = heard();

    bus.send(results(closed, 3_000));

    await().atMost(PATIENCE).until(() -> heard() >= heard + 3_000);
    assertNumbers(closed, 3_000);
    assertThat(keptByRow(closed.id())).isEmpty();
  }

  @Test
  void aJobWhoseCountsALostDatabaseTookIsEmptiedOnlyWhenTheyAreCompleteAgain() throws SQLException {
    JobSnapshot closed = ended(1_000);
    change("DELETE FROM job_progress WHERE job_id = ?", closed.id());
    change("DELETE FROM failure_count WHERE job_id = ?", closed.id());
    change("UPDATE job_view SET succeeded = 0, failed = 0 WHERE job_id = ?", closed.id());
    close(closed, JobSource.FILE);
    emptying.sweep();
    assertThat(keptByRow(closed.id())).isEqualTo(Map.of("row_failure", 100L, "row_note", 100L));

    bus.send(results(closed, 1_000));

    await().atMost(PATIENCE).until(() -> keptByRow(closed.id()).isEmpty());
    assertNumbers(closed, 1_000);
  }

  @Test
  void twoInstancesEmptyManyJobsAtOnce() throws SQLException {
    List<JobSnapshot> jobs = Stream.generate(() -> ended(50)).limit(20).toList();
    jobs.forEach(job -> tellClosed(job, JobSource.FILE));

    List<CompletableFuture<Void>> instances =
        Stream.generate(() -> CompletableFuture.runAsync(emptying::sweep)).limit(2).toList();
    instances.forEach(CompletableFuture::join);

    for (JobSnapshot job : jobs) {
      await().atMost(PATIENCE).until(() -> keptByRow(job.id()).isEmpty());
      assertNumbers(job, 50);
    }
  }

  @Test
  void aJobIsForgottenLongAfterItWasClosedAndASingleCallSooner() throws SQLException {
    JobSnapshot file = ended(10);
    JobSnapshot fresh = ended(10);
    JobSnapshot single = ended(10);
    close(file, JobSource.FILE);
    close(fresh, JobSource.FILE);
    close(single, JobSource.SINGLE);
    closedDaysAgo(file, 399);
    closedDaysAgo(single, 8);

    forgetting.sweep();
    job(file.id(), "").statusCode(200);
    job(single.id(), "").statusCode(404);

    closedDaysAgo(file, 401);
    forgetting.sweep();
    job(file.id(), "").statusCode(404);
    job(fresh.id(), "").statusCode(200);
    assertThat(count("failure_count", file.id())).isZero();
    assertThat(count("failure_count", fresh.id())).isEqualTo(1);
  }

  /** Of ten rows one is refused and one is applied with a note. */
  private JobSnapshot ended(int rows) {
    JobSnapshot job = Jobs.dispatched(Jobs.queued(Jobs.newId(), TENANT, "ada", rows));
    bus.tell(JobEvent.Type.DISPATCHED, job);
    bus.send(results(job, rows));
    JobSnapshot ended = Jobs.in(job, JobState.PARTIALLY_FAILED);
    bus.tell(JobEvent.Type.FINISHED, ended);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertNumbers(ended, rows);
              job(ended.id(), "").body("state", equalTo("PARTIALLY_FAILED"));
            });
    return ended;
  }

  private static List<RowResult> results(JobSnapshot job, int rows) {
    List<RowResult> results = new ArrayList<>();
    for (long row = 1; row <= rows; row++) {
      results.add(
          switch ((int) (row % 10)) {
            case 0 -> Bus.refused(job, row, RowCode.USER_NOT_FOUND, "Nobody is called so.");
            case 1 ->
                new RowResult(
                    TENANT,
                    job.id(),
                    row,
                    Part.USER,
                    PartOutcome.APPLIED,
                    null,
                    "Held E3.",
                    Set.of(Part.USER));
            default -> Bus.added(job, row);
          });
    }
    return results;
  }

  private void close(JobSnapshot job, JobSource source) {
    tellClosed(job, source);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> job(job.id(), "").body("closedAt", org.hamcrest.Matchers.notNullValue()));
    emptying.sweep();
  }

  private void tellClosed(JobSnapshot job, JobSource source) {
    bus.tell(
        JobEvent.Type.CLOSED,
        Jobs.changed(
            job,
            change -> {
              change.closedAt = Instant.now();
              change.source = source;
            }));
  }

  private void closedDaysAgo(JobSnapshot job, int days) throws SQLException {
    await().atMost(PATIENCE).until(() -> keptByRow(job.id()).isEmpty());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                change(
                        "UPDATE job_view SET closed_at = now() - interval '%d days'".formatted(days)
                            + " WHERE job_id = ? AND emptied_at IS NOT NULL",
                        job.id())
                    == 1);
  }

  private static void assertNumbers(JobSnapshot job, int rows) {
    job(job.id(), "")
        .statusCode(200)
        .body("rows.succeeded", equalTo(rows * 9 / 10))
        .body("rows.failed", equalTo(rows / 10))
        .body("failures.find { it.code == 'USER_NOT_FOUND' }.rows", equalTo(rows / 10));
  }

  private static ValidatableResponse job(UUID id, String what) {
    return Callers.admin(TENANT).get("/v1/jobs/" + id + what).then();
  }

  private double heard() {
    return metrics.counter("muster.results").count();
  }

  /** Rows by table, empty ones left out. */
  private static Map<String, Long> keptByRow(UUID job) throws SQLException {
    Map<String, Long> kept = new TreeMap<>();
    for (String table : List.of("job_progress", "row_failure", "row_note")) {
      long rows = count(table, job);
      if (rows > 0) {
        kept.put(table, rows);
      }
    }
    return kept;
  }

  private static long count(String table, UUID job) throws SQLException {
    try (Connection auditor = TestPlatform.shared().as("muster_auditor", "gateway");
        PreparedStatement select =
            auditor.prepareStatement("SELECT count(*) FROM " + table + " WHERE job_id = ?")) {
      select.setObject(1, job);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static int change(String sql, UUID job) throws SQLException {
    try (Connection superuser = TestPlatform.shared().superuser("gateway");
        PreparedStatement change = superuser.prepareStatement(sql)) {
      change.setObject(1, job);
      return change.executeUpdate();
    }
  }
}
