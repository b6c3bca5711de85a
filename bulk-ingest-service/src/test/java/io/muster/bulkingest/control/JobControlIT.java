package io.muster.bulkingest.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.StandInServices;
import io.muster.bulkingest.Tenant;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobState;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pause, resume, cancel, close and startAt, as a tenant's people and operators call them. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class JobControlIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static StandInServices services;

  private final Tenant tenant = new Tenant("control");

  @BeforeAll
  static void start() {
    services = new StandInServices();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    services.close();
  }

  @Test
  void aPausedJobOf20000RowsGetsNothingNewAndGoesOnWhereItWas() {
    UUID job = tenant.upload(Tenant.users(20_000), "operation=add&maxFailures=100%");
    await().atMost(PATIENCE).until(() -> services.rows(job).size() > 1_000);

    ValidatableResponse paused = tenant.call(job, "pause").statusCode(202);

    services.answer(job, command -> true);
    assertThat(paused.extract().<String>path("state")).isEqualTo("PAUSED");
    assertThat(paused.extract().<String>path("stateReason.code")).isEqualTo("REQUESTED");
    int intended = paused.extract().path("intendedRow");
    assertThat(intended).isLessThan(20_000);
    await("what was intended is sent and comes back")
        .atMost(PATIENCE)
        .until(() -> services.answered(job) >= intended && storedOf(job, "acked_row") == intended);
    assertThat(storedOf(job, "intended_row")).isEqualTo(intended);
    assertThat(services.rows(job)).hasSize(intended).allMatch(row -> row <= intended);
    assertThat(tenant.state(job)).isEqualTo("PAUSED");

    tenant.call(job, "resume").statusCode(202);

    tenant.await(job, "SUCCEEDED");
    assertThat(services.rows(job)).hasSize(20_000);
  }

  @Test
  void pausingAndResumingInQuickSuccessionSendsNothingThatWasNotIntended() {
    UUID job = tenant.upload(Tenant.users(20_000), "operation=add&maxFailures=100%");
    services.answer(job, command -> true);
    int intended = 0;
    for (int i = 0; i < 10; i++) {
      intended = tenant.call(job, "pause").statusCode(202).extract().path("intendedRow");
      if (i < 9) {
        tenant.call(job, "resume").statusCode(202);
      }
    }

    int last = intended;
    await().atMost(PATIENCE).until(() -> storedOf(job, "acked_row") == last);
    await().atMost(PATIENCE).until(() -> services.answered(job) >= last);
    assertThat(services.rows(job)).allMatch(row -> row <= last);
    tenant.call(job, "resume").statusCode(202);
    tenant.await(job, "SUCCEEDED");
    assertThat(services.rows(job)).hasSize(20_000);
  }

  @Test
  void whatACrashLeftBetweenIntentAndSendingIsSentWhilePausedAndNothingMore() {
    UUID job =
        tenant.upload(
            Tenant.users(300), "operation=add&maxFailures=100%&startAt=2999-01-01T00:00:00Z");
    tenant.call(job, "pause").statusCode(202);

    Tenant.change(
        "UPDATE dispatch_checkpoint SET intended_row = 120, dispatched = 120 WHERE job_id = ?",
        job);
    Tenant.change("UPDATE job SET start_at = NULL WHERE id = ?", job);

    await().atMost(PATIENCE).until(() -> storedOf(job, "acked_row") == 120);
    await().atMost(PATIENCE).until(() -> services.rows(job).size() == 120);
    assertThat(storedOf(job, "intended_row")).isEqualTo(120);
    assertThat(tenant.state(job)).isEqualTo("PAUSED");
  }

  @Test
  void alsoWhenSoManyOfItsRowsHaveFailedThatNothingNewIsSent() {
    UUID job =
        tenant.upload(
            Tenant.users(300), "operation=add&maxFailures=5&startAt=2999-01-01T00:00:00Z");
    tenant.call(job, "pause").statusCode(202);

    Tenant.change(
        "UPDATE dispatch_checkpoint SET intended_row = 120, dispatched = 120 WHERE job_id = ?",
        job);
    Tenant.change("UPDATE job SET start_at = NULL, failed = 10 WHERE id = ?", job);
    await().atMost(PATIENCE).until(() -> services.rows(job).size() == 120);
    await().atMost(PATIENCE).until(() -> storedOf(job, "acked_row") == 120);

    tenant.call(job, "cancel").statusCode(202);
    services.answer(job, command -> command.row() > 10);
    tenant.await(job, "CANCELLED");
    assertThat(services.rows(job)).hasSize(120);
  }

  @Test
  void lostRowsOfAPausedAndOfACancelledJobAreSentAgainAfterAWhile() {
    for (String call : List.of("pause", "cancel")) {
      UUID job =
          tenant.upload(Tenant.users(200), "operation=add&maxFailures=100%&allowDuplicate=true");
      await().atMost(PATIENCE).until(() -> services.rows(job).size() == 200);

      tenant.call(job, call).statusCode(202);

      await(call + ": each row comes twice")
          .atMost(PATIENCE)
          .until(() -> services.commands(job).size() >= 400);
      services.answer(job, command -> true);
      tenant.await(job, "SUCCEEDED");
    }
  }

  @Test
  void cancelCutsBetweenWhatWasIntendedAndTheRest() {
    UUID job = tenant.upload(Tenant.users(20_000), "operation=add&maxFailures=100%");
    await().atMost(PATIENCE).until(() -> services.rows(job).size() > 1_000);

    ValidatableResponse cancelling = tenant.call(job, "cancel").statusCode(202);

    assertThat(cancelling.extract().<String>path("state")).isEqualTo("CANCELLING");
    int intended = cancelling.extract().path("intendedRow");
    int cancelled = cancelling.extract().path("cancelled");
    assertThat(cancelled).isEqualTo(20_000 - intended).isPositive();
    tenant.call(job, "pause").statusCode(409);
    tenant.call(job, "resume").statusCode(409);
    tenant.call(job, "cancel").statusCode(202);

    services.answer(job, command -> true);
    tenant.await(job, "CANCELLED");
    await("nobody has more to send").atMost(PATIENCE).until(() -> tenant.isReleased(job));
    assertThat(storedOf(job, "intended_row")).isEqualTo(intended);
    assertThat(services.rows(job)).hasSize(intended).allMatch(row -> row <= intended);
    assertThat(tenant.job(job)).containsEntry("succeeded", (long) intended);
  }

  @Test
  void aJobThatNobodyDispatchedYetIsCancelledAtOnce() {
    UUID job = tenant.upload(Tenant.users(10), "operation=add&startAt=2999-01-01T00:00:00Z");

    ValidatableResponse cancelled = tenant.call(job, "cancel").statusCode(202);

    assertThat(cancelled.extract().<String>path("state")).isEqualTo("CANCELLED");
    assertThat(cancelled.extract().<Integer>path("cancelled")).isEqualTo(10);
    assertThat(cancelled.extract().<String>path("finishedAt")).isNotNull();
  }

  @Test
  void nothingIsDispatchedBeforeItsTime() {
    Instant startAt = Instant.now().plusSeconds(3);

    UUID job = tenant.upload(Tenant.users(10), "operation=add&startAt=" + startAt);

    assertThat(tenant.state(job)).isEqualTo("QUEUED");
    await().atMost(PATIENCE).until(() -> services.rows(job).size() == 10);
    assertThat(((java.sql.Timestamp) tenant.job(job).get("started_at")).toInstant())
        .isAfterOrEqualTo(startAt);
  }

  @Test
  void pausingTwiceAndResumingWhatRunsChangesNothing() throws Exception {
    UUID job = tenant.upload(Tenant.users(10), "operation=add&startAt=2999-01-01T00:00:00Z");

    tenant.call(job, "resume").statusCode(202);
    Object first = tenant.call(job, "pause").statusCode(202).extract().path("version");
    Object second = tenant.call(job, "pause").statusCode(202).extract().path("version");

    assertThat(second).isEqualTo(first);
    assertThat(toldOf(job, JobEvent.Type.PAUSED)).isNotNull();
    assertThat(tenant.call(job, "resume").extract().<String>path("state")).isEqualTo("QUEUED");
    assertThat(tenant.call(job, "resume").extract().<Object>path("stateReason")).isNull();
    assertThat(toldOf(job, JobEvent.Type.RESUMED).job().state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void aPausedJobWhoseRowsHaveAllEndedBecomesFinal() {
    UUID job = tenant.upload(Tenant.users(10), "operation=add");
    await().atMost(PATIENCE).until(() -> services.rows(job).size() == 10);
    tenant.call(job, "pause").statusCode(202);

    services.answer(job, command -> command.row() > 3);

    tenant.await(job, "PARTIALLY_FAILED");
    assertThat(tenant.job(job)).containsEntry("reason_code", null);
  }

  @Test
  void everyForbiddenCallNamesTheState() {
    UUID job = tenant.upload(Tenant.users(1), "operation=add");
    services.answer(job, command -> true);
    tenant.await(job, "SUCCEEDED");
    for (String state : List.of("SUCCEEDED", "PARTIALLY_FAILED", "FAILED", "CANCELLED")) {
      Tenant.change("UPDATE job SET state = ? WHERE id = ?", state, job);
      for (String call : List.of("pause", "resume", "cancel")) {
        if (!(state.equals("CANCELLED") && call.equals("cancel"))) {
          ValidatableResponse refused = tenant.call(job, call).statusCode(409);
          assertThat(refused.extract().<String>path("code")).isEqualTo("WRONG_STATE");
          assertThat(refused.extract().<String>path("detail")).contains(state, call);
        }
      }
    }
    Tenant.change("UPDATE job SET state = 'SUCCEEDED' WHERE id = ?", job);
    UUID waiting = tenant.upload(Tenant.users(2), "operation=add&startAt=2999-01-01T00:00:00Z");
    for (String state : List.of("QUEUED", "RUNNING", "PAUSED", "CANCELLING")) {
      Tenant.change("UPDATE job SET state = ? WHERE id = ?", state, waiting);
      ValidatableResponse refused = tenant.call(waiting, "close").statusCode(409);
      assertThat(refused.extract().<String>path("code")).isEqualTo("JOB_NOT_FINISHED");
    }
  }

  @Test
  void aClosedJobHasNoRowsAnyMoreAndItsSpoolIsGone() throws Exception {
    UUID job = finished(3);
    assertThat(Files.exists(spool(job))).isTrue();

    ValidatableResponse closed = tenant.call(job, "close").statusCode(202);

    assertThat(closed.extract().<String>path("closedAt")).isNotNull();
    assertThat(Files.exists(spool(job))).isFalse();
    ValidatableResponse rows = tenant.admin().get("/v1/jobs/" + job + "/rows").then();
    assertThat(rows.statusCode(410).extract().<String>path("code")).isEqualTo("JOB_CLOSED");
    tenant.call(job, "close").statusCode(202);
    assertThat(toldOf(job, JobEvent.Type.CLOSED)).isNotNull();
  }

  @Test
  void anOperatorReadsRowsByNumberAndNobodysName() {
    UUID job =
        tenant.upload(
            "UserPrincipalName,DisplayName\nada@x.com,Ada\nno name,Bob\n", "operation=add");
    String ofTenant = "?tenant=" + tenant.name();

    for (String path : List.of("/rows", "/refusals")) {
      String told =
          Tenant.stranger("ops", "olaf", "operator")
              .get("/v1/jobs/" + job + path + ofTenant)
              .then()
              .statusCode(200)
              .extract()
              .asString();

      assertThat(told).contains("INVALID_USER_PRINCIPAL_NAME").doesNotContain("ada", "no name");
    }
    Tenant.stranger("ops", "olaf", "operator")
        .contentType("application/json")
        .body("[1]")
        .post("/v1/jobs/" + job + "/rows/lookup" + ofTenant)
        .then()
        .statusCode(200)
        .body("items[0].row", org.hamcrest.Matchers.equalTo(1))
        .body("items[0].userPrincipalName", org.hamcrest.Matchers.nullValue());
    tenant.admin().get("/v1/jobs/" + job + "/rows?tenant=ops").then().statusCode(403);
  }

  @Test
  void aJobIsClosedWhenItsTimeHasPassed() {
    UUID job = finished(3);

    Tenant.change("UPDATE job SET closes_at = now() - interval '1 hour' WHERE id = ?", job);

    await().atMost(PATIENCE).until(() -> tenant.job(job).get("closed_at") != null);
    await().atMost(PATIENCE).until(() -> !Files.exists(spool(job)));
  }

  @Test
  void aSingleCallIsClosedWithItsSealedRow() {
    UUID job =
        UUID.fromString(
            tenant
                .admin()
                .contentType("application/json")
                .body(Map.of("userPrincipalName", "a@x.com", "displayName", "A"))
                .post("/v1/rows?operation=add")
                .then()
                .statusCode(202)
                .extract()
                .path("id"));
    services.answer(job, command -> true);
    tenant.await(job, "SUCCEEDED");

    tenant.call(job, "close").statusCode(202);

    assertThat(tenant.job(job)).containsEntry("sealed_row", null);
    tenant.admin().get("/v1/jobs/" + job + "/rows").then().statusCode(410);
  }

  @Test
  void whoMayNotSeeAJobMayNotTouchIt() {
    UUID job = tenant.upload(Tenant.users(2), "operation=add&startAt=2999-01-01T00:00:00Z");
    String call = "/v1/jobs/" + job + "/";
    for (String each : List.of("pause", "resume", "cancel", "close")) {
      tenant.as("pat", "password-admin").post(call + each).then().statusCode(404);
      tenant.as("rob", "reader").post(call + each).then().statusCode(403);
      Tenant.stranger("another", "eve", "tenant-admin").post(call + each).then().statusCode(404);
    }
    String named = "?tenant=" + tenant.name();
    Tenant.stranger("another", "eve", "tenant-admin")
        .post(call + "pause" + named)
        .then()
        .statusCode(403);
    Tenant.stranger("ops", "olaf", "operator").post(call + "pause").then().statusCode(400);
    Tenant.stranger("ops", "olaf", "operator").post(call + "close" + named).then().statusCode(403);

    Tenant.stranger("ops", "olaf", "operator").post(call + "pause" + named).then().statusCode(202);
    Tenant.stranger("ops", "olaf", "operator").post(call + "resume" + named).then().statusCode(202);
    Tenant.change("UPDATE job SET submitted_by = 'pat' WHERE id = ?", job);
    tenant.as("pat", "password-admin").post(call + "pause").then().statusCode(202);
    Tenant.stranger("ops", "olaf", "operator").post(call + "cancel" + named).then().statusCode(202);
  }

  private UUID finished(int rows) {
    UUID job =
        tenant.upload(Tenant.users(rows), "operation=add&maxFailures=100%&allowDuplicate=true");
    services.answer(job, command -> true);
    tenant.await(job, "SUCCEEDED");
    return job;
  }

  private long storedOf(UUID job, String column) {
    return (long) tenant.checkpoint(job).get(column);
  }

  private static Path spool(UUID job) {
    return Path.of(
        ConfigProvider.getConfig().getValue("muster.spool.directory", String.class),
        job.toString());
  }

  /** Waits until that was told of the job. */
  private static JobEvent toldOf(UUID job, JobEvent.Type type) throws Exception {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            TestPlatform.shared().kafkaClient("broker"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.JOB_EVENTS.name()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<JobEvent> found = new ArrayList<>();
      await("event " + type)
          .atMost(PATIENCE)
          .until(
              () -> {
                for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                  JobEvent event = Wire.of(Topics.JOB_EVENTS).decode(each.value());
                  if (event.job().id().equals(job) && event.type() == type) {
                    found.add(event);
                  }
                }
                return !found.isEmpty();
              });
      return found.get(0);
    }
  }
}
