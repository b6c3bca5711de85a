package io.muster.user.behind;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.localstack.testing.TestPlatform;
import io.muster.user.UserServicePlatform;
import io.muster.user.password.PasswordTables;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class LookingAtTheBacklogIT {
  @Inject LookingAtTheBacklog looking;

  private final PasswordTables tables = new PasswordTables();
  private final UUID job = UuidCreator.getTimeOrderedEpoch();

  /** While somebody else has the tenant's turn, so that what waits stays. */
  @Test
  void aBigJobRunsForAsLongAsItLeavesNotes() throws Exception {
    try (Connection holding = TestPlatform.shared().superuser("user-service");
        PreparedStatement turn =
            holding.prepareStatement(
                "SELECT pg_advisory_xact_lock(hashtextextended('follow_up/' || ?, 0))")) {
      holding.setAutoCommit(false);
      turn.setString(1, tables.tenant);
      turn.execute();
      note(4_000);
      assertThat(looking.look().running()).doesNotContain(job);

      note(2_000);
      Backlog backlog = looking.look();
      assertThat(backlog.running()).contains(job);
      assertThat(backlog.tenants()).contains(tables.tenant);

      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !looking.look().running().contains(job));
      assertThat(looking.look().tenants()).contains(tables.tenant);
      holding.rollback();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !looking.look().tenants().contains(tables.tenant));
  }

  @Test
  void aBigJobRunsAlsoWhenItIsFollowedAsFastAsItGoesOn() throws Exception {
    note(100_000, 10);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !looking.look().tenants().contains(tables.tenant));
    assertThat(looking.look().running()).as("it has added nothing lately").doesNotContain(job);

    note(100);

    assertThat(looking.look().running()).contains(job);
  }

  private void note(int rows) throws Exception {
    note(rows, 0);
  }

  private void note(int rows, int secondsAgo) throws Exception {
    tables.tamper(
        """
        INSERT INTO follow_up (tenant_id, batch_id, jobs, row_count)
        SELECT ?, uuidv7(interval '-%d seconds'), ARRAY['%s'::uuid], %d
        """
            .formatted(secondsAgo, job, rows));
  }
}
