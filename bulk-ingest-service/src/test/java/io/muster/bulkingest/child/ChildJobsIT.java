package io.muster.bulkingest.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.StandInServices;
import io.muster.bulkingest.Tenant;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Retry, undo and run: jobs made of another job's rows. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class ChildJobsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String WAITING_FOR_A_FILE =
      "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";

  private static StandInServices services;

  private final Tenant tenant = new Tenant("child");

  @BeforeAll
  static void start() {
    services = new StandInServices();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    services.close();
  }

  @Test
  void aRetryDoesTheFailedRowsAgainInTheirOrderAsTheCaller() {
    UUID parent = tenant.upload(Tenant.users(20), "operation=add");
    services.answer(parent, command -> command.row() != 3 && command.row() != 7);
    tenant.await(parent, "PARTIALLY_FAILED");

    ValidatableResponse answer =
        post(tenant.as("bob", "tenant-admin"), parent, "retry?maxFailures=9", rows(3, 7));

    UUID child = UUID.fromString(answer.statusCode(202).extract().path("id"));
    assertThat(answer.extract().<String>path("source")).isEqualTo("RETRY");
    assertThat(answer.extract().<String>path("parent")).isEqualTo(parent.toString());
    assertThat(answer.extract().<Integer>path("operations.ADD")).isEqualTo(2);
    assertThat(answer.extract().<String>path("maxFailures")).isEqualTo("9");
    assertThat(answer.extract().<Object>path("file")).isNull();
    List<UserCommand> commands = commands(child, 2);
    assertThat(commands.stream().map(UserCommand::userPrincipalName))
        .containsExactly("u3@x.com", "u7@x.com");
    assertThat(commands).allMatch(command -> command.reverts() == null);
    assertThat(commands).allMatch(command -> command.actor().subject().equals("bob"));
    assertThat(commands.get(0).stamp()).isGreaterThan(services.commands(parent).get(0).stamp());
    ValidatableResponse written = tenant.admin().get("/v1/jobs/" + child + "/rows").then();
    assertThat(written.extract().<List<Integer>>path("items.parentRow")).containsExactly(3, 7);

    ValidatableResponse second = post(tenant.admin(), parent, "retry", rows(3));
    assertThat(second.statusCode(409).extract().<String>path("code")).isEqualTo("WRONG_STATE");
    assertThat(second.extract().<String>path("job")).isEqualTo(child.toString());

    tenant.call(parent, "close").statusCode(202);
    services.answer(child, command -> true);
    tenant.await(child, "SUCCEEDED");
    tenant.admin().get("/v1/jobs/" + child + "/rows").then().statusCode(200);
  }

  @Test
  void anUndoTakesBackTheLastRowFirstAndHasTheRowsParts() {
    StringBuilder csv = new StringBuilder("UserPrincipalName,Licenses\n");
    for (int row = 1; row <= 2_500; row++) {
      csv.append("u").append(row).append("@x.com,").append(row % 2 == 0 ? "E3\n" : "\n");
    }
    UUID parent = tenant.upload(csv.toString(), "operation=enable");
    services.answer(parent, command -> command.row() != 1_000);
    tenant.await(parent, "PARTIALLY_FAILED");
    BitSet succeeded = new BitSet();
    succeeded.set(1, 2_501);
    succeeded.clear(1_000);

    ValidatableResponse answer = post(tenant.admin(), parent, "undo", succeeded);

    UUID child = UUID.fromString(answer.statusCode(202).extract().path("id"));
    assertThat(answer.extract().<String>path("operation")).isEqualTo("ENABLE");
    assertThat(answer.extract().<Integer>path("total")).isEqualTo(2_499);
    List<UserCommand> commands = commands(child, 2_499);
    for (UserCommand command : commands) {
      long expected = 2_501 - command.row();
      long parentRow = expected <= 1_000 ? expected - 1 : expected;
      assertThat(command.reverts()).isEqualTo(new CommandId(parent, parentRow));
      assertThat(command.userPrincipalName()).isEqualTo("u" + parentRow + "@x.com");
      assertThat(command.parts()).hasSize(parentRow % 2 == 0 ? 2 : 1);
    }

    services.answer(child, command -> command.row() != 5);
    tenant.await(child, "PARTIALLY_FAILED");
    ValidatableResponse undoOfUndo = post(tenant.admin(), child, "undo", rows(1));
    assertThat(undoOfUndo.statusCode(409).extract().<String>path("code")).isEqualTo("NOT_UNDOABLE");
    UUID retry =
        UUID.fromString(
            post(tenant.admin(), child, "retry", rows(5)).statusCode(202).extract().path("id"));
    assertThat(commands(retry, 1).get(0).reverts()).isEqualTo(new CommandId(parent, 2_496));
    assertThat(post(tenant.admin(), retry, "undo", rows(1)).extract().<String>path("code"))
        .isEqualTo("NOT_UNDOABLE");
  }

  @Test
  void theUndoOfAnAdditionAsksForTheSeatsThatTheAccountWasGivenSince() {
    UUID parent = tenant.upload(Tenant.users(3), "operation=add");
    services.answer(parent, command -> true);
    tenant.await(parent, "SUCCEEDED");
    assertThat(services.commands(parent))
        .allMatch(command -> command.parts().equals(Set.of(Part.USER)));

    UUID undo =
        UUID.fromString(
            post(tenant.admin(), parent, "undo", rows(1, 2, 3))
                .statusCode(202)
                .extract()
                .path("id"));

    assertThat(commands(undo, 3))
        .allMatch(command -> command.parts().equals(Set.of(Part.USER, Part.LICENSE)));
    services.answer(undo, command -> command.row() != 2);
    tenant.await(undo, "PARTIALLY_FAILED");
    UUID retry =
        UUID.fromString(
            post(tenant.admin(), undo, "retry", rows(2)).statusCode(202).extract().path("id"));
    assertThat(commands(retry, 1))
        .allMatch(command -> command.parts().equals(Set.of(Part.USER, Part.LICENSE)));
  }

  @Test
  void anUndoOfManyRemovalsIsNotStoppedAndDoesNotCount() {
    UUID parent = tenant.upload(Tenant.users(50), "operation=disable");
    services.answer(parent, command -> true);
    tenant.await(parent, "SUCCEEDED");
    BitSet all = new BitSet();
    all.set(1, 51);
    Tenant.change("DELETE FROM blast_radius WHERE tenant_id = ?", tenant.name());

    UUID undo =
        UUID.fromString(
            post(tenant.admin(), parent, "undo", all).statusCode(202).extract().path("id"));
    services.answer(undo, command -> true);
    tenant.await(undo, "SUCCEEDED");

    UUID next = tenant.upload(Tenant.users(120), "operation=remove");
    tenant.await(next, "PAUSED");
    assertThat(tenant.checkpoint(next)).containsEntry("intended_row", 50L);
  }

  @Test
  void aDryRunIsRunForRealOnceAsTheFileThatItIs() {
    String csv = Tenant.users(3) + "nobody,N\nu1@x.com,Twice\n";
    UUID dry = tenant.upload(csv, "operation=add&dryRun=true");
    services.answer(dry, command -> command.row() != 2);
    tenant.await(dry, "PARTIALLY_FAILED");
    assertThat(post(tenant.admin(), dry, "undo", rows(1)).extract().<String>path("code"))
        .isEqualTo("NOT_UNDOABLE");

    ValidatableResponse answer = tenant.call(dry, "run").statusCode(202);

    UUID run = UUID.fromString(answer.extract().path("id"));
    assertThat(answer.extract().<String>path("source")).isEqualTo("RUN");
    assertThat(answer.extract().<Boolean>path("dryRun")).isFalse();
    assertThat(answer.extract().<Integer>path("total")).isEqualTo(5);
    assertThat(answer.extract().<Map<String, Integer>>path("refused"))
        .containsOnlyKeys("INVALID_USER_PRINCIPAL_NAME", "DUPLICATE_ROW");
    assertThat(answer.extract().<Object>path("file.sha256")).isNotNull();
    assertThat(commands(run, 3)).noneMatch(UserCommand::dryRun);
    services.answer(run, command -> true);
    tenant.await(run, "PARTIALLY_FAILED");

    ValidatableResponse twice = tenant.call(dry, "run").statusCode(409);
    assertThat(twice.extract().<String>path("code")).isEqualTo("DUPLICATE_FILE");
    assertThat(twice.extract().<String>path("job")).isEqualTo(run.toString());
    assertThat(tenant.tryUpload(csv, "operation=add").extract().<String>path("code"))
        .isEqualTo("DUPLICATE_FILE");
    tenant.upload(csv, "operation=add&dryRun=true");
    assertThat(tenant.call(run, "run").statusCode(409).extract().<String>path("code"))
        .isEqualTo("WRONG_STATE");
  }

  @Test
  void aRunThatWaitsForItsFileKeepsNoUploadFromTheTenantsQuota() throws Exception {
    UUID dry = tenant.upload(Tenant.users(3), "operation=add&dryRun=true");
    services.answer(dry, command -> true);
    tenant.await(dry, "SUCCEEDED");
    try (Connection upload = TestPlatform.shared().superuser("bulk-ingest-service");
        Statement does = upload.createStatement()) {
      upload.setAutoCommit(false);
      does.execute(
          "SELECT pg_advisory_xact_lock(hashtextextended('file/%s/%s', 0))"
              .formatted(tenant.name(), tenant.job(dry).get("file_sha256")));
      CompletableFuture<ValidatableResponse> run =
          CompletableFuture.supplyAsync(() -> tenant.call(dry, "run"));
      await("the run waits for its file")
          .atMost(PATIENCE)
          .until(() -> does.executeQuery(WAITING_FOR_A_FILE).next());

      does.execute(
          "SELECT FROM tenant WHERE tenant_id = '%s' FOR UPDATE NOWAIT".formatted(tenant.name()));

      upload.commit();
      run.get().statusCode(202);
    }
  }

  @Test
  void aRetryOfADryRunChangesNothingEither() {
    UUID dry = tenant.upload(Tenant.users(3), "operation=add&dryRun=true");
    services.answer(dry, command -> command.row() != 2);
    tenant.await(dry, "PARTIALLY_FAILED");

    UUID retry =
        UUID.fromString(
            post(tenant.admin(), dry, "retry", rows(2)).statusCode(202).extract().path("id"));

    assertThat(commands(retry, 1)).allMatch(UserCommand::dryRun);
  }

  @Test
  void aSingleCallCanBeUndone() {
    UUID single =
        UUID.fromString(
            tenant
                .admin()
                .contentType("application/json")
                .body(Map.of("userPrincipalName", "a@x.com", "displayName", "A"))
                .post("/v1/rows?operation=add")
                .then()
                .statusCode(202)
                .extract()
                .path("id"));
    services.answer(single, command -> true);
    tenant.await(single, "SUCCEEDED");

    UUID undo =
        UUID.fromString(
            post(tenant.admin(), single, "undo", rows(1)).statusCode(202).extract().path("id"));

    UserCommand command = commands(undo, 1).get(0);
    assertThat(command.operation()).isEqualTo(Operation.ADD);
    assertThat(command.reverts()).isEqualTo(new CommandId(single, 1));
  }

  @Test
  void whatCanHaveNoChildIsRefusedAndNothingIsLeftBehind() {
    UUID waiting = tenant.upload(Tenant.users(2), "operation=add&startAt=2999-01-01T00:00:00Z");
    UUID done = tenant.upload(Tenant.users(3), "operation=add");
    services.answer(done, command -> true);
    tenant.await(done, "SUCCEEDED");
    int spools = spools();

    assertCode(post(tenant.admin(), waiting, "retry", rows(1)), 409, "JOB_NOT_FINISHED");
    assertCode(post(tenant.admin(), waiting, "undo", rows(1)), 409, "JOB_NOT_FINISHED");
    assertCode(post(tenant.admin(), done, "retry", rows()), 409, "WRONG_STATE");
    assertCode(post(tenant.admin(), done, "undo", rows(9)), 409, "WRONG_STATE");
    assertCode(post(tenant.as("pat", "password-admin"), done, "undo", rows(1)), 404, "NOT_FOUND");
    assertCode(
        post(Tenant.stranger("other", "eve", "tenant-admin"), done, "undo", rows(1)),
        404,
        "NOT_FOUND");
    assertCode(post(tenant.as("olaf", "operator"), done, "undo", rows(1)), 403, "FORBIDDEN");
    assertCode(post(tenant.admin(), done, "undo?maxFailures=x", rows(1)), 400, "INVALID_REQUEST");
    assertThat(spools()).isEqualTo(spools);
    tenant.call(done, "close").statusCode(202);
    assertCode(post(tenant.admin(), done, "undo", rows(1)), 410, "JOB_CLOSED");
    assertCode(post(tenant.admin(), done, "retry", rows(1)), 410, "JOB_CLOSED");
    assertThat(spools()).isEqualTo(spools - 1);
  }

  private static void assertCode(ValidatableResponse answer, int status, String code) {
    assertThat(answer.statusCode(status).extract().<String>path("code")).isEqualTo(code);
  }

  private static int spools() {
    String directory = ConfigProvider.getConfig().getValue("muster.spool.directory", String.class);
    return Path.of(directory).toFile().list().length;
  }

  private static ValidatableResponse post(
      RequestSpecification as, UUID job, String call, BitSet rows) {
    return as.contentType("application/octet-stream")
        .body(rows.toByteArray())
        .post("/v1/jobs/" + job + "/" + call)
        .then();
  }

  private static BitSet rows(int... numbers) {
    BitSet rows = new BitSet();
    for (int number : numbers) {
      rows.set(number);
    }
    return rows;
  }

  /** In row order, once there are that many. */
  private static List<UserCommand> commands(UUID job, int count) {
    await(count + " commands").atMost(PATIENCE).until(() -> services.rows(job).size() >= count);
    return services.commands(job).stream()
        .sorted(Comparator.comparingLong(UserCommand::row))
        .limit(count)
        .toList();
  }
}
