package io.muster.gateway.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobProgress;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.JobState;
import io.muster.contracts.topic.Topics;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** HR's job of a day: its total grows while its rows are counted. */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class GrowingJobsIT {
  private static final String TENANT = "growing";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void rowsThatCameLaterAreCountedLikeTheFirstAndTheTotalIsNeverBehindThem() {
    UUID id = Jobs.newId();
    JobSnapshot small = ofHr(id, 2, 3, JobState.RUNNING);
    try (Bus bus = new Bus();
        Bus.Listener progress = Bus.listen(Topics.JOB_PROGRESS.name())) {
      bus.tell(JobEvent.Type.DISPATCHED, small);
      bus.send(LongStream.rangeClosed(1, 3).mapToObj(row -> Bus.added(small, row)).toList());
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> rows(id).getLong("rows.succeeded") == 3);
      assertThat(rows(id).getString("state")).isEqualTo("RUNNING");
      assertThat(rows(id).getString("expectedFinish")).isNull();

      // Results of rows that no snapshot has told of yet, in another chunk of the counts as well.
      bus.send(LongStream.rangeClosed(4, 2_000).mapToObj(row -> Bus.added(small, row)).toList());
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                JsonPath job = rows(id);
                assertThat(job.getLong("rows.total"))
                    .isGreaterThanOrEqualTo(job.getLong("rows.succeeded"));
                return job.getLong("rows.succeeded") == 2_000;
              });
      bus.tell(JobEvent.Type.DISPATCHED, ofHr(id, 3, 2_010, JobState.RUNNING));
      await().atMost(PATIENCE).until(() -> rows(id).getLong("rows.total") == 2_010);
      assertThat(rows(id).getLong("rows.inFlight") + rows(id).getLong("rows.pending"))
          .isEqualTo(10);
      await("counts are told")
          .atMost(PATIENCE)
          .until(() -> progress.progressOf(id).contains(new JobProgress(TENANT, id, 2_000, 0)));
      assertThat(listed()).contains(id.toString());
    }
  }

  private static List<String> listed() {
    return Callers.admin(TENANT).get("/v1/jobs?source=HR").jsonPath().getList("items.id");
  }

  private static JsonPath rows(UUID id) {
    return Callers.admin(TENANT).get("/v1/jobs/" + id).jsonPath();
  }

  private static JobSnapshot ofHr(UUID id, long version, long total, JobState state) {
    return Jobs.changed(
        Jobs.snapshot(id, version - 1, TENANT, "hr-feed", state, total, Map.of(), total, total),
        change -> {
          change.source = JobSource.HR;
          change.file = null;
        });
  }
}
