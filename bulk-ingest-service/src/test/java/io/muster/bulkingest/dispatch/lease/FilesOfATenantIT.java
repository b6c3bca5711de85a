package io.muster.bulkingest.dispatch.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.StandInServices;
import io.muster.bulkingest.Tenant;
import io.muster.bulkingest.dispatch.lease.Checkpoints.JobKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A tenant that one dispatcher serves isn't served by another one as well. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class FilesOfATenantIT {
  private static final String LATER = "operation=add&startAt=2999-01-01T00:00:00Z";

  @Inject Checkpoints checkpoints;

  private final Tenant tenant = new Tenant("together");

  @Test
  void filesOfATenantGoToTheDispatcherThatHoldsOneOfThemUntilItsLeaseEnds() throws Exception {
    UUID held = tenant.upload(Tenant.users(20), LATER);
    UUID waiting = tenant.upload(Tenant.users(30), LATER);
    Tenant.change(
        "UPDATE dispatch_checkpoint SET owner = 'another', lease_until = now() + interval '1 hour'"
            + " WHERE job_id = ?",
        held);
    Tenant.change("UPDATE job SET start_at = NULL WHERE id = ?", held);
    Tenant.change("UPDATE job SET start_at = NULL WHERE id = ?", waiting);

    assertThat(files("one that holds nothing")).doesNotContain(new JobKey(tenant.name(), waiting));
    assertThat(files("another")).contains(new JobKey(tenant.name(), waiting));

    try (StandInServices services = new StandInServices()) {
      Tenant.change(
          "UPDATE dispatch_checkpoint SET lease_until = '-infinity' WHERE job_id = ?", held);
      await("the dispatcher of this test takes both")
          .atMost(Duration.ofSeconds(60))
          .until(() -> services.rows(held).size() == 20 && services.rows(waiting).size() == 30);
    }
  }

  private List<JobKey> files(String owner) throws SQLException {
    return checkpoints.findWork(owner, 1_000, 1_000, 1_000, 500).files();
  }
}
