package io.muster.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.muster.contracts.command.Part;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.gateway.BulkIngestStandIn;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class JobControlIT {
  private static final String TENANT = "controlling";
  private static final Set<Part> BOTH = Set.of(Part.USER, Part.LICENSE);

  /** What bulk-ingest-service was asked for. */
  private record Asked(String query, String type, String token, byte[] body) {}

  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "cancel", "close"})
  void aCallIsPassedOnAndItsAnswerCanBeReadAtOnce(String verb) throws Exception {
    JobSnapshot job = known(Jobs.dispatched(Jobs.queued(Jobs.newId(), TENANT, "ada", 9)));
    JobSnapshot paused =
        Jobs.changed(
            job,
            change -> {
              change.state = JobState.PAUSED;
              change.stateReason = new JobSnapshot.StateReason("REQUESTED", null);
            });
    answers(job, verb, paused);

    Callers.admin(TENANT)
        .contentType("application/vnd.nobody.knows")
        .body("not read".getBytes(StandardCharsets.UTF_8))
        .post("/v1/jobs/" + job.id() + "/" + verb + "?tenant=elsewhere")
        .then()
        .statusCode(202)
        .header("Location", endsWith("/v1/jobs/" + job.id()))
        .body("state", equalTo("PAUSED"))
        .body("stateReason.code", equalTo("REQUESTED"));

    Callers.admin(TENANT).get("/v1/jobs/" + job.id()).then().body("state", equalTo("PAUSED"));
    Asked call = asked.poll(5, TimeUnit.SECONDS);
    assertThat(call.query()).isNull();
    assertThat(call.body()).isEmpty();
    assertThat(call.token()).startsWith("Bearer ");
  }

  @Test
  void retryNamesTheRowsThatAServiceRefusedAndNothingNewerHasOvertaken() throws Exception {
    JobSnapshot job = aFinishedJob();
    JobSnapshot child = child(job, JobSource.RETRY);
    answers(job, "retry", child);

    Callers.admin(TENANT)
        .urlEncodingEnabled(false)
        .post("/v1/jobs/" + job.id() + "/retry?maxFailures=5%25")
        .then()
        .statusCode(202)
        .header("Location", endsWith("/v1/jobs/" + child.id()))
        .body("id", equalTo(child.id().toString()))
        .body("parent", equalTo(job.id().toString()))
        .body("source", equalTo("RETRY"));

    Asked call = asked.poll(5, TimeUnit.SECONDS);
    assertThat(call.query()).isEqualTo("maxFailures=5%25");
    assertThat(call.type()).isEqualTo("application/octet-stream");
    // 2 was refused at the door, 4 and 1029 are shown as SUPERSEDED, 1030 with its user part.s
    // code.
    assertThat(rows(call)).containsExactly(3, 1028, 1030);
    Callers.admin(TENANT).get("/v1/jobs/" + child.id()).then().statusCode(200);
  }

  @Test
  void undoNamesTheRowsThatSucceeded() throws Exception {
    JobSnapshot job = aFinishedJob();
    answers(job, "undo", child(job, JobSource.UNDO));

    Callers.admin(TENANT).post("/v1/jobs/" + job.id() + "/undo").then().statusCode(202);

    Asked call = asked.poll(5, TimeUnit.SECONDS);
    assertThat(call.query()).isNull();
    assertThat(rows(call)).containsExactly(1, 1027);
  }

  @ParameterizedTest
  @ValueSource(strings = {"undo", "close"})
  void theEndOfAJobWhoseRowsHaveAllEndedIsWaitedFor(String verb) throws Exception {
    JobSnapshot job =
        Jobs.snapshot(
            Jobs.newId(),
            1,
            TENANT,
            "ada",
            JobState.RUNNING,
            2,
            Map.of(RowCode.INVALID_VALUE, 1L),
            2,
            1);
    answers(job, verb, child(job, JobSource.UNDO));
    try (Bus bus = new Bus()) {
      bus.tell(JobEvent.Type.ACCEPTED, job);
      bus.send(List.of(result(job, 1, Part.USER, null), result(job, 1, Part.LICENSE, null)));
      await()
          .untilAsserted(
              () ->
                  Callers.admin(TENANT)
                      .get("/v1/jobs/" + job.id())
                      .then()
                      .body("state", equalTo("RUNNING"))
                      .body("rows.succeeded", equalTo(1)));

      CompletableFuture<Integer> call =
          CompletableFuture.supplyAsync(
              () -> Callers.admin(TENANT).post("/v1/jobs/" + job.id() + "/" + verb).statusCode());
      await().during(Duration.ofMillis(300)).until(() -> !call.isDone() && asked.isEmpty());
      bus.tell(JobEvent.Type.FINISHED, Jobs.in(job, JobState.PARTIALLY_FAILED));

      assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo(202);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry", "undo"})
  void nothingIsMadeOfAJobThatRunsOrThatHasNoSuchRows(String verb) {
    JobSnapshot running = known(Jobs.dispatched(Jobs.queued(Jobs.newId(), TENANT, "ada", 9)));
    JobSnapshot empty =
        known(Jobs.in(Jobs.queued(Jobs.newId(), TENANT, "ada", 0), JobState.SUCCEEDED));

    Callers.admin(TENANT)
        .post("/v1/jobs/" + running.id() + "/" + verb)
        .then()
        .statusCode(409)
        .body("code", equalTo("JOB_NOT_FINISHED"))
        .body("detail", containsString("RUNNING"));
    Callers.admin(TENANT)
        .post("/v1/jobs/" + empty.id() + "/" + verb)
        .then()
        .statusCode(409)
        .body("code", equalTo("WRONG_STATE"));
  }

  @Test
  void aDryRunIsStartedForRealWithoutALookAtItsRows() throws Exception {
    JobSnapshot dryRun =
        known(Jobs.in(Jobs.queued(Jobs.newId(), TENANT, "ada", 9), JobState.FAILED));
    answers(dryRun, "run", child(dryRun, JobSource.RUN));

    Callers.admin(TENANT)
        .post("/v1/jobs/" + dryRun.id() + "/run?maxFailures=500")
        .then()
        .statusCode(202)
        .body("source", equalTo("RUN"));

    Asked call = asked.poll(5, TimeUnit.SECONDS);
    assertThat(call.query()).isEqualTo("maxFailures=500");
    assertThat(call.body()).isEmpty();
  }

  @Test
  void theOwnersRefusalIsPassedOn() {
    JobSnapshot job = known(Jobs.in(Jobs.queued(Jobs.newId(), TENANT, "ada", 9), JobState.FAILED));
    BulkIngestStandIn.shared()
        .onPath(
            "/v1/jobs/" + job.id() + "/pause",
            exchange ->
                BulkIngestStandIn.answer(
                    exchange,
                    409,
                    "{\"code\":\"WRONG_STATE\",\"title\":\"x\",\"status\":409,\"detail\":\"FAILED.\"}"
                        .getBytes(StandardCharsets.UTF_8)));

    Callers.admin(TENANT)
        .post("/v1/jobs/" + job.id() + "/pause")
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("WRONG_STATE"))
        .body("detail", equalTo("FAILED."));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofAClosedJobOnlyTheNumbersAreLeft(boolean byCall) {
    JobSnapshot ended = Jobs.in(Jobs.queued(Jobs.newId(), TENANT, "ada", 9), JobState.FAILED);
    JobSnapshot job =
        known(
            Jobs.changed(
                ended,
                change -> {
                  change.closedAt = byCall ? Instant.parse("2026-02-04T00:00:00Z") : null;
                  change.closesAt =
                      Instant.parse(byCall ? "2999-01-01T00:00:00Z" : "2026-03-05T00:00:00Z");
                }));

    for (String what : List.of("rows", "results.csv", "failures.csv")) {
      Callers.admin(TENANT)
          .get("/v1/jobs/" + job.id() + "/" + what)
          .then()
          .statusCode(410)
          .contentType("application/problem+json")
          .body("code", equalTo("JOB_CLOSED"));
    }
    for (String verb : List.of("run", "retry", "undo")) {
      Callers.admin(TENANT)
          .post("/v1/jobs/" + job.id() + "/" + verb)
          .then()
          .statusCode(410)
          .body("code", equalTo("JOB_CLOSED"));
    }
    Callers.admin(TENANT)
        .get("/v1/jobs/" + job.id())
        .then()
        .statusCode(200)
        .body("rows.total", equalTo(9))
        .body("closedAt", byCall ? equalTo("2026-02-04T00:00:00Z") : equalTo(null));
  }

  @Test
  void anOperatorSteersTheJobsOfAllTenantsAndLearnsNobodysName() throws Exception {
    JobSnapshot job =
        known(Jobs.dispatched(Jobs.queued(Jobs.newId(), TENANT, "ada@controlling.example", 9)));
    // As an operator's answer may be: without people.
    JobSnapshot answer =
        Jobs.changed(
            Jobs.withoutPeople(job),
            change -> {
              change.state = JobState.PAUSED;
              change.stateReason =
                  new JobSnapshot.StateReason("REQUESTED", "ada@controlling.example wants it.");
            });
    answers(job, "pause", answer);

    String told =
        Callers.as("elsewhere", "olga", "operator")
            .post("/v1/jobs/" + job.id() + "/pause")
            .then()
            .statusCode(202)
            .body("state", equalTo("PAUSED"))
            .body("$", not(hasKey("submittedBy")))
            .body("file", not(hasKey("name")))
            .extract()
            .asString();

    assertThat(told).doesNotContain("@").doesNotContain("hires.csv").doesNotContain("Shoe size");
    assertThat(asked.poll(5, TimeUnit.SECONDS).query()).isEqualTo("tenant=" + TENANT);
    // What the operator's answer left out is still there for the tenant.
    Callers.admin(TENANT)
        .get("/v1/jobs/" + job.id())
        .then()
        .body("state", equalTo("PAUSED"))
        .body("submittedBy", equalTo("ada@controlling.example"))
        .body("file.name", equalTo("hires.csv"));
    Callers.as("elsewhere", "olga", "operator")
        .post("/v1/jobs/" + job.id() + "/undo")
        .then()
        .statusCode(403)
        .body("code", equalTo("FORBIDDEN"));
  }

  /** Rows 1 and 1027 went through; 2 was refused at the door; 3, 4 and 1028 to 1030 by services. */
  private static JobSnapshot aFinishedJob() {
    JobSnapshot job =
        Jobs.snapshot(
            Jobs.newId(),
            1,
            TENANT,
            "ada",
            JobState.RUNNING,
            1030,
            Map.of(RowCode.INVALID_VALUE, 1023L),
            1030,
            7);
    List<RowResult> ends = new ArrayList<>();
    for (long row : List.of(1L, 1027L)) {
      ends.add(result(job, row, Part.USER, null));
      ends.add(result(job, row, Part.LICENSE, null));
    }
    ends.add(Bus.refused(job, 3, RowCode.USER_NOT_FOUND, null));
    ends.add(Bus.refused(job, 4, RowCode.SUPERSEDED, null));
    ends.add(undone(job, 1028, Part.USER));
    ends.add(result(job, 1028, Part.LICENSE, RowCode.NO_SEATS_LEFT));
    ends.add(undone(job, 1029, Part.USER));
    ends.add(result(job, 1029, Part.LICENSE, RowCode.SUPERSEDED));
    ends.add(result(job, 1030, Part.USER, RowCode.USER_NOT_FOUND));
    ends.add(result(job, 1030, Part.LICENSE, RowCode.SUPERSEDED));
    try (Bus bus = new Bus()) {
      bus.tell(JobEvent.Type.ACCEPTED, job);
      bus.send(ends);
      bus.tell(JobEvent.Type.FINISHED, Jobs.in(job, JobState.PARTIALLY_FAILED));
    }
    await()
        .untilAsserted(
            () ->
                Callers.admin(TENANT)
                    .get("/v1/jobs/" + job.id())
                    .then()
                    .body("state", equalTo("PARTIALLY_FAILED"))
                    .body("rows.succeeded", equalTo(2))
                    .body("rows.failed", equalTo(1028)));
    return job;
  }

  private static RowResult undone(JobSnapshot job, long row, Part part) {
    return new RowResult(TENANT, job.id(), row, part, PartOutcome.UNDONE, null, null, BOTH);
  }

  private static RowResult result(JobSnapshot job, long row, Part part, RowCode code) {
    PartOutcome outcome = code == null ? PartOutcome.APPLIED : PartOutcome.REJECTED;
    return new RowResult(TENANT, job.id(), row, part, outcome, code, null, BOTH);
  }

  private static JobSnapshot known(JobSnapshot job) {
    try (Bus bus = new Bus()) {
      bus.tell(JobEvent.Type.ACCEPTED, job);
    }
    await().until(() -> Callers.admin(TENANT).get("/v1/jobs/" + job.id()).statusCode() == 200);
    return job;
  }

  private static JobSnapshot child(JobSnapshot parent, JobSource source) {
    return Jobs.changed(
        Jobs.queued(Jobs.newId(), TENANT, "ada", 2),
        change -> {
          change.source = source;
          change.parent = parent.id();
        });
  }

  private void answers(JobSnapshot job, String verb, JobSnapshot answer) {
    BulkIngestStandIn.shared()
        .onPath(
            "/v1/jobs/" + job.id() + "/" + verb,
            exchange -> {
              asked.add(
                  new Asked(
                      exchange.getRequestURI().getRawQuery(),
                      exchange.getRequestHeaders().getFirst("Content-Type"),
                      exchange.getRequestHeaders().getFirst("Authorization"),
                      exchange.getRequestBody().readAllBytes()));
              BulkIngestStandIn.answer(exchange, 202, Jobs.json(answer));
            });
  }

  private static List<Integer> rows(Asked call) {
    return BitSet.valueOf(call.body()).stream().boxed().toList();
  }
}
