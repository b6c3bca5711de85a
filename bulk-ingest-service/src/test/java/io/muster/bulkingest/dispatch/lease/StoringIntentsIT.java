package io.muster.bulkingest.dispatch.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.Tenant;
import io.muster.bulkingest.dispatch.lease.Checkpoints.Checkpoint;
import io.muster.bulkingest.dispatch.lease.Checkpoints.JobKey;
import io.muster.bulkingest.dispatch.lease.StoringIntents.Intent;
import io.muster.bulkingest.guard.BlastRadius;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What two dispatchers may do at once is decided where intents are stored. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class StoringIntentsIT {
  private static final long LEASE_MILLIS = 10_000;

  @Inject StoringIntents intents;

  private final Tenant tenant = new Tenant("intents");

  @Test
  void anIntentUnderAnOldLeaseIsNotStored() throws SQLException {
    UUID job = waitingJob();
    Tenant.change("UPDATE dispatch_checkpoint SET epoch = 7 WHERE job_id = ?", job);

    assertThat(store(job, 6, 100, 0, BlastRadius.UNLIMITED)).isFalse();
    assertThat(tenant.checkpoint(job)).containsEntry("intended_row", 0L);
    assertThat(store(job, 7, 100, 0, BlastRadius.UNLIMITED)).isTrue();
    assertThat(tenant.checkpoint(job)).containsEntry("intended_row", 100L);
  }

  @Test
  void anIntentThatGoesBeyondTheBlastRadiusIsNotStoredWhateverItsDispatcherBelieved()
      throws SQLException {
    UUID one = waitingJob();
    UUID another = waitingJob();

    assertThat(store(one, 0, 30, 30, 50)).isTrue();
    assertThat(store(another, 0, 21, 21, 50)).as("30 and 21 are 51").isFalse();
    assertThat(tenant.checkpoint(another)).containsEntry("intended_row", 0L);
    assertThat(store(another, 0, 20, 20, 50)).as("30 and 20 are 50").isTrue();
    assertThat(store(one, 0, 31, 1, 50)).isFalse();
    assertThat(store(one, 0, 31, 1, BlastRadius.UNLIMITED)).as("overruled").isTrue();
  }

  private UUID waitingJob() {
    return tenant.upload(
        Tenant.users(200), "operation=remove&allowDuplicate=true&startAt=2999-01-01T00:00:00Z");
  }

  private boolean store(UUID job, long epoch, long intended, long counted, long limit)
      throws SQLException {
    Checkpoint position =
        new Checkpoint(new JobKey(tenant.name(), job), 1, false, epoch, 200, intended, 0, intended);
    return intents
        .store(List.of(new Intent(position, counted, limit)), List.of(), LEASE_MILLIS)
        .contains(job);
  }
}
