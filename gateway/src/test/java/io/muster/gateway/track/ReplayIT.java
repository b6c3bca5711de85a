package io.muster.gateway.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.contracts.command.Part;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A results topic that is read once more, from its beginning or shuffled, changes nothing. */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class ReplayIT {
  private static final String TENANT = "replaying";
  private static final Set<Part> BOTH = Set.of(Part.USER, Part.LICENSE);
  private static final int ROWS = 2_000;

  @Inject MeterRegistry metrics;

  @Test
  void aReplayedTopicChangesNoNumberAndNoRow() {
    JobSnapshot job = Jobs.dispatched(Jobs.queued(Jobs.newId(), TENANT, "ada", ROWS));
    List<RowResult> results = story(job);
    try (Bus bus = new Bus()) {
      bus.tell(JobEvent.Type.ACCEPTED, job);
      bus.send(results);
      await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> asItEnded(job));
      bus.tell(JobEvent.Type.FINISHED, Jobs.in(job, JobState.PARTIALLY_FAILED));
      await()
          .untilAsserted(
              () ->
                  Callers.admin(TENANT)
                      .get("/v1/jobs/" + job.id())
                      .then()
                      .body("state", equalTo("PARTIALLY_FAILED")));
      String before = Callers.admin(TENANT).get("/v1/jobs/" + job.id()).asString();
      double heard = heard();

      bus.send(results);
      List<RowResult> shuffled = new ArrayList<>(results);
      Collections.shuffle(shuffled, new Random(11));
      bus.send(shuffled);

      await().atMost(Duration.ofSeconds(30)).until(() -> heard() >= heard + 2.0 * results.size());
      assertThat(Callers.admin(TENANT).get("/v1/jobs/" + job.id()).asString()).isEqualTo(before);
      asItEnded(job);
    }
  }

  /** Of ten rows one is refused by its user, one by its license, the others go through. */
  private static List<RowResult> story(JobSnapshot job) {
    List<RowResult> results = new ArrayList<>();
    for (long row = 1; row <= ROWS; row++) {
      switch ((int) (row % 10)) {
        case 0 -> {
          results.add(result(job, row, Part.USER, PartOutcome.REJECTED, RowCode.USER_NOT_FOUND));
          results.add(result(job, row, Part.LICENSE, PartOutcome.SKIPPED, null));
        }
        case 1 -> {
          results.add(result(job, row, Part.USER, PartOutcome.APPLIED, null));
          results.add(result(job, row, Part.LICENSE, PartOutcome.REJECTED, RowCode.NO_SEATS_LEFT));
          results.add(result(job, row, Part.USER, PartOutcome.UNDONE, null));
        }
        default -> {
          results.add(result(job, row, Part.USER, PartOutcome.APPLIED, null));
          results.add(result(job, row, Part.LICENSE, PartOutcome.APPLIED, null));
        }
      }
    }
    return results;
  }

  private static void asItEnded(JobSnapshot job) {
    Callers.admin(TENANT)
        .get("/v1/jobs/" + job.id())
        .then()
        .body("rows.succeeded", equalTo(ROWS * 8 / 10))
        .body("rows.failed", equalTo(ROWS * 2 / 10))
        .body("failures.find { it.code == 'USER_NOT_FOUND' }.rows", equalTo(ROWS / 10))
        .body("failures.find { it.code == 'NO_SEATS_LEFT' }.rows", equalTo(ROWS / 10));
  }

  /** Results that this gateway has counted, whosever they are. */
  private double heard() {
    return metrics.counter("muster.results").count();
  }

  private static RowResult result(
      JobSnapshot job, long row, Part part, PartOutcome outcome, RowCode code) {
    return new RowResult(TENANT, job.id(), row, part, outcome, code, null, BOTH);
  }
}
