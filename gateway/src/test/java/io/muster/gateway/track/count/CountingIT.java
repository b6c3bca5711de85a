package io.muster.gateway.track.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobProgress;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Topics;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class CountingIT {
  @Test
  void countsEachRowOnceHoweverOftenAndInWhateverOrderItsResultsArrive() {
    JobSnapshot job =
        Jobs.dispatched(Jobs.queued(Jobs.newId(), "counting", "ada@counting.example", 3000));
    List<RowResult> results = new ArrayList<>();
    for (long row = 1; row <= 3000; row++) {
      results.add(
          row % 100 == 0
              ? Bus.refused(job, row, RowCode.USER_ALREADY_EXISTS, "It is there.")
              : Bus.added(job, row));
    }
    List<RowResult> repeated = new ArrayList<>(results);
    repeated.addAll(results.subList(500, 2500));
    Collections.shuffle(repeated, new Random(7));
    try (Bus bus = new Bus();
        Bus.Listener progress = Bus.listen(Topics.JOB_PROGRESS.name())) {

      // The first results are there before the job is known.
      bus.send(repeated.subList(0, 1000));
      bus.tell(JobEvent.Type.ACCEPTED, job);
      bus.send(repeated.subList(1000, repeated.size()));

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  Callers.admin("counting")
                      .get("/v1/jobs/" + job.id())
                      .then()
                      .statusCode(200)
                      .body("rows.succeeded", equalTo(2970))
                      .body("rows.failed", equalTo(30))
                      .body("rows.pending", equalTo(0))
                      .body("rows.inFlight", equalTo(0))
                      .body("failures[0].code", equalTo("USER_ALREADY_EXISTS"))
                      .body("failures[0].rows", equalTo(30)));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(progress.progressOf(job.id()))
                      .endsWith(new JobProgress("counting", job.id(), 2970, 30)));

      bus.tell(JobEvent.Type.FINISHED, Jobs.in(job, JobState.PARTIALLY_FAILED));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  Callers.admin("counting")
                      .get("/v1/jobs/" + job.id())
                      .then()
                      .body("state", equalTo("PARTIALLY_FAILED")));
    }
  }
}
