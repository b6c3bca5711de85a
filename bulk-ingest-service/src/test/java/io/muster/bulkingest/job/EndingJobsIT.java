package io.muster.bulkingest.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.Tenant;
import io.muster.contracts.job.JobProgress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Many jobs' counts at once, as the gateway reports them, for jobs that nobody dispatches. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class EndingJobsIT {
  private static final String LATER = "operation=add&startAt=2999-01-01T00:00:00Z";

  private final Tenant tenant = new Tenant("ending");
  private final Tenant other = new Tenant("ending-other");

  @Inject EndingJobs ending;

  @Test
  void jobsOfSeveralTenantsEndTogetherEachByItsOwnCounts() {
    UUID whole = tenant.upload(Tenant.users(3), LATER);
    UUID partly = tenant.upload(Tenant.users(4), LATER);
    UUID underWay = other.upload(Tenant.users(5), LATER);
    UUID failed = other.upload(Tenant.users(6), LATER);

    ending.progressed(
        List.of(
            new JobProgress(other.name(), failed, 0, 6),
            new JobProgress(tenant.name(), whole, 3, 0),
            new JobProgress(other.name(), underWay, 4, 0),
            new JobProgress(tenant.name(), UUID.randomUUID(), 1, 0),
            new JobProgress(tenant.name(), partly, 3, 1)));

    assertThat(tenant.state(whole)).isEqualTo("SUCCEEDED");
    assertThat(tenant.state(partly)).isEqualTo("PARTIALLY_FAILED");
    assertThat(other.state(failed)).isEqualTo("FAILED");
    assertThat(other.state(underWay)).isEqualTo("QUEUED");
    assertThat(other.job(underWay)).containsEntry("succeeded", 4L).containsEntry("failed", 0L);
  }

  @Test
  void aReportUnderAnotherTenantsNameMovesNothing() {
    UUID job = tenant.upload(Tenant.users(3), LATER);
    UUID own = other.upload(Tenant.users(3), LATER);

    ending.progressed(
        List.of(
            new JobProgress(other.name(), job, 3, 0), new JobProgress(tenant.name(), own, 3, 0)));

    assertThat(tenant.job(job)).containsEntry("state", "QUEUED").containsEntry("succeeded", 0L);
    assertThat(other.job(own)).containsEntry("state", "QUEUED").containsEntry("succeeded", 0L);
  }

  @Test
  void countsDontGoBackAndNeverExceedTheRows() {
    UUID job = tenant.upload(Tenant.users(5), LATER);
    ending.progressed(List.of(new JobProgress(tenant.name(), job, 3, 0)));

    ending.progressed(List.of(new JobProgress(tenant.name(), job, 2, 0)));
    ending.progressed(List.of(new JobProgress(tenant.name(), job, 6, 0)));

    assertThat(tenant.job(job)).containsEntry("state", "QUEUED").containsEntry("succeeded", 3L);
  }
}
