package io.muster.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.muster.gateway.LicenseServiceStandIn;
import io.muster.gateway.LicenseServiceStandIn.Asked;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many seats a dry run would need is asked for once, however often the job is looked at. */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class SeatsOfDryRunsIT {
  private static final String TENANT = "dry-runs";
  private static final String TEXT = "This file needs 412 seats of E3, 380 are free.";

  private final LicenseServiceStandIn licenses = LicenseServiceStandIn.shared();

  @BeforeEach
  void forgetEarlierCalls() {
    licenses.asked().clear();
  }

  @Test
  void anEndedDryRunTellsItsSeatsAndAsksForThemOnce() {
    JobSnapshot job = known(dryRun(Operation.ENABLE, JobState.SUCCEEDED));
    seatsOf(job, "{\"items\":[{\"sku\":\"E3\",\"needed\":412,\"free\":380}]}");

    for (int look = 0; look < 5; look++) {
      Callers.admin(TENANT)
          .get("/v1/jobs/" + job.id())
          .then()
          .statusCode(200)
          .body("notices[0].code", equalTo("SEATS_NEEDED"))
          .body("notices[0].rows", equalTo(412))
          .body("notices[0].message", equalTo(TEXT));
    }
    Callers.admin(TENANT)
        .get("/v1/jobs?limit=1")
        .then()
        .body("items[0].notices[0].message", equalTo(TEXT));

    assertThat(asks(job)).isEqualTo(1);
  }

  @Test
  void whoWatchesItHearsOfSeatsWithItsEnd() {
    JobSnapshot job = known(dryRun(Operation.SET_LICENSES, JobState.SUCCEEDED));
    seatsOf(job, "{\"items\":[{\"sku\":\"E3\",\"needed\":412,\"free\":380}]}");

    String events =
        Callers.admin(TENANT).get("/v1/jobs/" + job.id() + "/events").then().extract().asString();

    assertThat(events).contains(TEXT);
  }

  @Test
  void nobodyIsAskedForRunningJobsRealOnesOrThoseThatTakeNoSeats() {
    JobSnapshot running = known(dryRun(Operation.ENABLE, JobState.RUNNING));
    JobSnapshot adding = known(dryRun(Operation.ADD, JobState.SUCCEEDED));
    JobSnapshot real =
        known(
            Jobs.changed(
                dryRun(Operation.ENABLE, JobState.SUCCEEDED), change -> change.dryRun = false));

    for (JobSnapshot job : java.util.List.of(running, adding, real)) {
      Callers.admin(TENANT).get("/v1/jobs/" + job.id()).then().body("notices", empty());
      assertThat(asks(job)).isZero();
    }
    JobSnapshot ended = known(dryRun(Operation.ENABLE, JobState.SUCCEEDED));
    Callers.as("elsewhere", "olga", "operator")
        .get("/v1/jobs/" + ended.id())
        .then()
        .statusCode(200)
        .body("notices", empty());
    assertThat(asks(ended)).isZero();
  }

  @Test
  void whileLicenseServiceIsAwayTheJobSaysThatTheyAreUnknownAndNobodyAsksAgainAtOnce() {
    JobSnapshot job = known(dryRun(Operation.ENABLE, JobState.SUCCEEDED));
    licenses.answers(
        "GET /v1/dry-runs/" + job.id() + "/seats",
        503,
        "{\"code\":\"UNAVAILABLE\",\"title\":\"x\",\"status\":503}");

    for (int look = 0; look < 3; look++) {
      Callers.admin(TENANT)
          .get("/v1/jobs/" + job.id())
          .then()
          .statusCode(200)
          .body("notices[0].code", equalTo("SEATS_UNKNOWN"));
    }

    assertThat(asks(job)).isEqualTo(1);
  }

  private void seatsOf(JobSnapshot job, String json) {
    licenses.answers("GET /v1/dry-runs/" + job.id() + "/seats", 200, json);
  }

  private long asks(JobSnapshot job) {
    return licenses.asked().stream()
        .map(Asked::path)
        .filter(p -> p.contains(job.id().toString()))
        .count();
  }

  private static JobSnapshot dryRun(Operation operation, JobState state) {
    return Jobs.changed(
        Jobs.queued(Jobs.newId(), TENANT, "ada", 500),
        change -> {
          change.dryRun = true;
          change.operation = operation;
          change.operations = Map.of(operation, 500L);
          change.state = state;
        });
  }

  private static JobSnapshot known(JobSnapshot job) {
    try (Bus bus = new Bus()) {
      bus.tell(JobEvent.Type.ACCEPTED, job);
    }
    // Operators' looks ask nobody for anything.
    await()
        .until(
            () ->
                Callers.as("elsewhere", "olga", "operator").get("/v1/jobs/" + job.id()).statusCode()
                    == 200);
    return job;
  }
}
