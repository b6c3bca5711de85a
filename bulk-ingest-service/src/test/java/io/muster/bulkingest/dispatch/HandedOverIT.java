package io.muster.bulkingest.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.StandInServices;
import io.muster.bulkingest.Tenant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A single call goes to the dispatcher at once, and is not lost where it doesn't. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class HandedOverIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Tenant tenant = new Tenant("handed");

  @AfterEach
  void release() {
    switchDispatch("resume?tenant=" + tenant.name());
  }

  @Test
  void theIntentToSendItsRowIsStoredWithTheJob() throws Exception {
    try (StandInServices services = new StandInServices()) {
      UUID job = call("add");

      assertThat(tenant.job(job)).containsEntry("state", "RUNNING");
      assertThat(tenant.checkpoint(job))
          .containsEntry("intended_row", 1L)
          .containsEntry("dispatched", 1L);
      services.answer(job, command -> true);
      tenant.await(job, "SUCCEEDED");
      await("that it is on the bus is stored, too")
          .atMost(PATIENCE)
          .until(() -> tenant.checkpoint(job).get("acked_row").equals(1L));
      assertThat(services.commands(job)).hasSize(1);
    }
  }

  @Test
  void ofAHaltedTenantItWaitsLikeAnyOtherJob() throws Exception {
    try (StandInServices services = new StandInServices()) {
      UUID job = whileHalted();

      assertThat(tenant.checkpoint(job)).containsEntry("intended_row", 0L);
      services.answer(job, command -> true);
      switchDispatch("resume?tenant=" + tenant.name());
      tenant.await(job, "SUCCEEDED");
      assertThat(services.commands(job)).hasSize(1);
    }
  }

  @Test
  void whatADispatcherNeverSentIsSentByWhoeverFindsItsLeaseRunOut() throws Exception {
    try (StandInServices services = new StandInServices()) {
      UUID job = whileHalted();
      // As it would be if the process had died right after the commit.
      Tenant.change("UPDATE job SET state = 'RUNNING' WHERE id = ?", job);
      Tenant.change(
          """
          UPDATE dispatch_checkpoint
          SET intended_row = 1, dispatched = 1, epoch = 1, owner = 'gone', lease_until = now() + interval '2 s'
          WHERE job_id = ?
          """,
          job);
      services.answer(job, command -> true);

      switchDispatch("resume?tenant=" + tenant.name());

      tenant.await(job, "SUCCEEDED");
      assertThat(tenant.checkpoint(job)).containsEntry("dispatched", 1L);
    }
  }

  @Test
  void oneThatTakesAnAccountFromSomebodyIsCountedFirst() throws Exception {
    try (StandInServices services = new StandInServices()) {
      UUID job = call("remove");

      services.answer(job, command -> true);
      tenant.await(job, "SUCCEEDED");
      assertThat(tenant.removals()).isEqualTo(1);
    }
  }

  private UUID whileHalted() {
    switchDispatch("pause?tenant=" + tenant.name());
    return await("the dispatcher sees that it is halted")
        .atMost(PATIENCE)
        .until(() -> call("add"), job -> tenant.state(job).equals("QUEUED"));
  }

  private UUID call(String operation) {
    return UUID.fromString(
        tenant
            .admin()
            .contentType("application/json")
            .body(Map.of("userPrincipalName", UUID.randomUUID() + "@x.com", "displayName", "A"))
            .post("/v1/rows?operation=" + operation)
            .then()
            .statusCode(202)
            .extract()
            .path("id"));
  }

  private static void switchDispatch(String call) {
    RequestSpecification operator = Tenant.stranger("ops", "olaf", "operator");
    operator.post("/v1/operations/dispatch/" + call).then().statusCode(200);
  }
}
