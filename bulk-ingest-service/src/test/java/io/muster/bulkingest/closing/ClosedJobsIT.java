package io.muster.bulkingest.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.bulkingest.Platform;
import io.muster.bulkingest.Tenant;
import io.muster.bulkingest.spool.UploadStore;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of jobs that nobody has closed, and of closed ones long after that. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class ClosedJobsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject ClosingWhatIsDue closing;
  @Inject ForgettingJobs forgetting;
  @Inject DiscardingSpools spools;
  @Inject UploadStore store;

  private final Tenant tenant = new Tenant("closed");

  @Test
  void thousandsOfJobsWhoseTimeHasPassedAreClosedByTwoInstancesEachOnce() throws Exception {
    UUID model = ended();
    jobsLike(model, "SINGLE", 1_700);
    Tenant.change(
        """
        UPDATE job SET closes_at = now() - interval '1 hour', sealed_row = '\\x01'
        WHERE tenant_id = ? AND id <> ?
        """,
        tenant.name(),
        model);

    List<CompletableFuture<Void>> instances =
        Stream.generate(() -> CompletableFuture.runAsync(closing::sweep)).limit(2).toList();
    instances.forEach(CompletableFuture::join);

    await()
        .atMost(PATIENCE)
        .until(
            () -> count("closed_at IS NOT NULL AND sealed_row IS NULL AND version = 8") == 1_700);
    assertThat(count("closed_at IS NULL")).as("the one whose time hasn't come").isEqualTo(1);
    await("each is told")
        .atMost(PATIENCE)
        .until(() -> count("version = 8 AND published_version = 8") == 1_700);
  }

  @Test
  void aJobIsForgottenLongAfterItWasClosedAndASingleCallSooner() throws SQLException {
    UUID model = ended();
    closedDaysAgo(jobsLike(model, "FILE", 1), 401);
    closedDaysAgo(jobsLike(model, "SINGLE", 1), 8);
    UUID youngFile = closedDaysAgo(jobsLike(model, "FILE", 1), 399);
    UUID youngSingle = closedDaysAgo(jobsLike(model, "SINGLE", 1), 6);
    UUID open = jobsLike(model, "FILE", 1);
    UUID owed = closedDaysAgo(jobsLike(model, "FILE", 1), 500);
    // Nobody tells of a job that begins in a hundred years: the sweep goes by this.
    Tenant.change("UPDATE job SET published_version = version - 1 WHERE id = ?", owed);

    forgetting.sweep();

    assertThat(ids())
        .contains(model.toString(), youngFile.toString(), youngSingle.toString(), open.toString())
        .hasSizeBetween(4, 5);
    await("also what was owed, once it is told")
        .atMost(PATIENCE)
        .until(
            () -> {
              forgetting.sweep();
              return !ids().contains(owed.toString());
            });
    assertThat(strings("SELECT job_id FROM dispatch_checkpoint WHERE tenant_id = ?", tenant.name()))
        .as("checkpoints go with their jobs")
        .hasSize(4);
  }

  @Test
  void idempotencyKeysGoWhenTheyHaveRunOut() throws SQLException {
    for (String key : List.of("old", "new")) {
      tenant
          .admin()
          .header("Idempotency-Key", key)
          .contentType("text/csv")
          .body(Tenant.users(1))
          .post("/v1/jobs?operation=add&allowDuplicate=true&startAt=2999-01-01T00:00:00Z")
          .then()
          .statusCode(202);
    }
    Tenant.change(
        "UPDATE idempotency_claim SET expires_at = now() WHERE tenant_id = ? AND key = 'old'",
        tenant.name());

    forgetting.sweep();

    assertThat(strings("SELECT key FROM idempotency_claim WHERE tenant_id = ?", tenant.name()))
        .containsExactly("new");
  }

  @Test
  void aSpoolThatAFailedDiskLeftGoesAtTheNextLookAndOneThatIsComingInStays()
      throws IOException, SQLException {
    UUID closed = ended();
    tenant.call(closed, "close").statusCode(202);
    UUID open = tenant.upload(Tenant.users(2), "operation=add&startAt=2999-01-01T00:00:00Z");
    UUID comingIn = UuidCreator.getTimeOrderedEpoch();
    UUID nobodys = UuidCreator.getTimeOrderedEpoch(Instant.now().minus(Duration.ofDays(3)));
    for (UUID left : List.of(closed, comingIn, nobodys)) {
      try (UploadStore.Draft draft = store.draft(left)) {
        draft.write("rows").close();
        draft.write("index").close();
        draft.keep();
      }
    }

    spools.sweep();

    assertThat(store.kept()).contains(open, comingIn).doesNotContain(closed, nobodys);
    store.discard(comingIn);
  }

  /** A job that is over, and told of. */
  private UUID ended() {
    UUID job =
        tenant.upload(
            Tenant.users(1), "operation=add&allowDuplicate=true&startAt=2999-01-01T00:00:00Z");
    tenant.call(job, "cancel").statusCode(202);
    await()
        .atMost(PATIENCE)
        .until(
            () -> tenant.job(job).get("version").equals(tenant.job(job).get("published_version")));
    return job;
  }

  /** The last of so many copies of a job, at version 7, with checkpoints, everything told. */
  private UUID jobsLike(UUID model, String source, int copies) throws SQLException {
    String last = null;
    for (String id :
        strings(
            """
            WITH copies AS (
                INSERT INTO job
                SELECT (jsonb_populate_record(j, jsonb_build_object(
                           'id', uuidv7(), 'version', 7, 'published_version', 7, 'source', ?::text,
                           'admitted', replace(j.admitted, j.id::text, uuidv7()::text)))).*
                FROM job j, generate_series(1, ?::int) WHERE j.id = ?::uuid
                RETURNING tenant_id, id, submission, total),
            checkpoints AS (
                INSERT INTO dispatch_checkpoint (tenant_id, job_id, submission, single, total,
                    intended_row, acked_row)
                SELECT tenant_id, id, submission, false, total, total, total FROM copies)
            SELECT id FROM copies
            """,
            source,
            Integer.toString(copies),
            model.toString())) {
      last = id;
    }
    return UUID.fromString(last);
  }

  private static UUID closedDaysAgo(UUID job, int days) {
    Tenant.change(
        "UPDATE job SET closed_at = now() - interval '%d days' WHERE id = ?".formatted(days), job);
    return job;
  }

  private long count(String condition) throws SQLException {
    return Long.parseLong(
        strings("SELECT count(*) FROM job WHERE tenant_id = ? AND " + condition, tenant.name())
            .get(0));
  }

  private List<String> ids() throws SQLException {
    return strings("SELECT id FROM job WHERE tenant_id = ?", tenant.name());
  }

  private static List<String> strings(String sql, String... parameters) throws SQLException {
    try (Connection superuser = TestPlatform.shared().superuser("bulk-ingest-service");
        PreparedStatement statement = superuser.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<String> found = new java.util.ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }
}
