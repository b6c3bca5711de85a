package io.muster.gateway.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobProgress;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.topic.Topics;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.muster.gateway.track.watch.DeadLetters;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class OutageIT {
  private static final String TENANT = "outage";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Test
  void waitsForTheDatabaseAndSaysSoAndThenCounts() {
    JobSnapshot job = aDispatchedJob(50);
    TestPlatform.shared().killPostgres();
    try (Bus bus = new Bus()) {
      bus.send(LongStream.rangeClosed(1, 50).mapToObj(row -> Bus.added(job, row)).toList());
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(503));
      RestAssured.get("/q/health/live").then().statusCode(200);
      assertThatCallersAreToldToTryAgain("/v1/jobs/" + job.id());
      assertThatCallersAreToldToTryAgain("/v1/jobs");
    } finally {
      TestPlatform.shared().startPostgres();
    }

    succeeded(job, 50);
    // Whatever else waited for the database is tried again a few seconds later.
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200));
  }

  @Test
  void countsAndReportsGoOnWhenTheBrokerIsBack() {
    JobSnapshot job = aDispatchedJob(20);
    TestPlatform.shared().killKafka();
    TestPlatform.shared().startKafka();

    try (Bus bus = new Bus();
        Bus.Listener progress = Bus.listen(Topics.JOB_PROGRESS.name())) {
      bus.send(LongStream.rangeClosed(1, 20).mapToObj(row -> Bus.added(job, row)).toList());

      succeeded(job, 20);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(progress.progressOf(job.id()))
                      .contains(new JobProgress(TENANT, job.id(), 20, 0)));
    }
  }

  @Test
  void putsWhatItCanNotReadAsideAndGoesOn() {
    JobSnapshot job = aDispatchedJob(1);
    String commaInTheTenant =
        new String(
                io.muster.chassis.wire.Wire.of(Topics.ROW_RESULTS).encode(Bus.added(job, 1)),
                StandardCharsets.UTF_8)
            .replace("\"outage\"", "\"outage,contoso\"");
    try (Bus bus = new Bus();
        Bus.Listener aside = Bus.listen(Topics.ROW_RESULTS.deadLetters())) {
      bus.sendGarbage(
          Topics.ROW_RESULTS.name(), "secret of chris".getBytes(StandardCharsets.UTF_8));
      bus.sendGarbage(Topics.ROW_RESULTS.name(), commaInTheTenant.getBytes(StandardCharsets.UTF_8));
      bus.send(List.of(Bus.added(job, 1)));

      succeeded(job, 1);
      await().atMost(PATIENCE).until(() -> aside.records().size() >= 2);
      List<String> reasons = new ArrayList<>();
      for (ConsumerRecord<String, byte[]> letter : aside.records()) {
        reasons.add(
            new String(
                letter.headers().lastHeader(DeadLetters.REASON).value(), StandardCharsets.UTF_8));
        assertThat(letter.value()).isEmpty();
        assertThat(
                new String(
                    letter.headers().lastHeader(DeadLetters.PLACE).value(), StandardCharsets.UTF_8))
            .startsWith(Topics.ROW_RESULTS.name() + "/");
      }
      assertThat(reasons).contains("NOT_THE_CONTRACTS_JSON", "NO_TENANT_ID");
    }
  }

  private static void assertThatCallersAreToldToTryAgain(String path) {
    Callers.admin(TENANT)
        .get(path)
        .then()
        .statusCode(503)
        .header("Retry-After", "2")
        .body("code", equalTo("UNAVAILABLE"));
  }

  private static JobSnapshot aDispatchedJob(long total) {
    JobSnapshot job = Jobs.dispatched(Jobs.queued(Jobs.newId(), TENANT, "ada", total));
    try (Bus bus = new Bus()) {
      bus.tell(JobEvent.Type.DISPATCHED, job);
    }
    await()
        .atMost(PATIENCE)
        .until(() -> Callers.admin(TENANT).get("/v1/jobs/" + job.id()).statusCode() == 200);
    return job;
  }

  private static void succeeded(JobSnapshot job, int rows) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                Callers.admin(TENANT)
                    .get("/v1/jobs/" + job.id())
                    .then()
                    .statusCode(200)
                    .body("rows.succeeded", equalTo(rows)));
  }
}
