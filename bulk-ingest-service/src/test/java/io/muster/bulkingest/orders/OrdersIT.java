package io.muster.bulkingest.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.StandInServices;
import io.muster.bulkingest.Tenant;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Orders of identity tools: several rows as one job, each order all or nothing. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class OrdersIT {
  private static final String ADD =
      """
      {"operation":"add","generate":false,"fields":{"userPrincipalName":"%s","displayName":"N",
       "externalId":"e-1","blockSignIn":false}}""";

  private final Tenant tenant = new Tenant("orders");

  @Test
  void severalOrdersAreOneJobThatMakesNoPasswords() throws InterruptedException {
    String orders =
        """
        [{"rows":[%s,{"operation":"set-licenses","fields":{"userPrincipalName":"a@x.com","licenses":["E3"]}}]},
         {"rows":[{"operation":"set","fields":{"userPrincipalName":"b@x.com","city":"Rome"}}]},
         {"rows":[{"operation":"set","fields":{"userPrincipalName":"b@x.com","city":"Oslo","externalId":"-"}}]}]"""
            .formatted(ADD.formatted("a@x.com"));

    UUID job =
        id(
            order(orders, 0)
                .body("job.source", equalTo("SCIM"))
                .body("job.total", equalTo(4))
                .body("taken", equalTo(3))
                .body("refused", hasSize(0)));

    List<UserCommand> commands = commands(job, 4);
    assertThat(commands.stream().map(UserCommand::operation))
        .containsExactly(Operation.ADD, Operation.SET_LICENSES, Operation.SET, Operation.SET);
    assertThat(commands.get(0).active()).isTrue();
    assertThat(commands.get(0).generate()).isFalse();
    assertThat(commands.get(0).properties()).containsEntry("externalId", "e-1");
    assertThat(commands.get(3).properties()).containsEntry("externalId", "-");
    assertThat(tenant.checkpoint(job).get("single")).isEqualTo(false);
  }

  @Test
  void oneRowIsASingleCallAndARetryOfItMakesNoPasswordEither() throws InterruptedException {
    UUID job = id(order("[{\"rows\":[" + ADD.formatted("one@x.com") + "]}]", 1));

    assertThat(tenant.checkpoint(job).get("single")).isEqualTo(true);
    try (StandInServices services = new StandInServices()) {
      services.answer(job, command -> false);
      tenant.await(job, "FAILED");
      UUID retry =
          UUID.fromString(
              tenant
                  .admin()
                  .contentType("application/octet-stream")
                  .body(new byte[] {2})
                  .post("/v1/jobs/" + job + "/retry")
                  .then()
                  .statusCode(202)
                  .extract()
                  .path("id"));
      UserCommand again = commands(retry, 1).get(0);
      assertThat(again.generate()).isFalse();
      assertThat(again.properties()).containsEntry("externalId", "e-1");
    }
  }

  @Test
  void anOrderWithARowThatCanNotBeIsRefusedWholeAndTheOthersGoOn() throws InterruptedException {
    String orders =
        """
        [{"rows":[{"operation":"set","fields":{"userPrincipalName":"a@x.com","city":"Rome"}},
                  {"operation":"set","fields":{"userPrincipalName":"a@x.com","usageLocation":"Nowhere"}}]},
         {"rows":[%s]}]"""
            .formatted(ADD.formatted("b@x.com"));

    UUID job =
        id(
            order(orders, 0)
                .body("refused.order", contains(0))
                .body("refused[0].code", equalTo("INVALID_VALUE"))
                .body("refused[0].field", equalTo("usageLocation"))
                .body("job.total", equalTo(3)));

    assertThat(commands(job, 1).get(0).row()).isEqualTo(3);
  }

  @Test
  void nothingAcceptedIsNoJob() {
    long before = tenant.jobs();

    order("[{\"rows\":[" + ADD.formatted("no name") + "]}]", 1)
        .body("job", nullValue())
        .body("refused[0].code", equalTo("INVALID_USER_PRINCIPAL_NAME"));

    assertThat(tenant.jobs()).isEqualTo(before);
  }

  @Test
  void withOneErrorAllowedNoRowIsSentBeforeTheOneBeforeItSucceeded() throws InterruptedException {
    StringBuilder orders = new StringBuilder("[");
    for (int i = 1; i <= 5; i++) {
      orders
          .append(i == 1 ? "" : ",")
          .append("{\"rows\":[")
          .append(ADD.formatted("u" + i + "@x.com"))
          .append("]}");
    }
    UUID job = id(order(orders + "]", 1));

    try (StandInServices services = new StandInServices()) {
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> services.rows(job).size() == 1);
      services.answer(job, command -> command.row() < 3);
      tenant.await(job, "PAUSED");

      assertThat(services.rows(job)).containsExactlyInAnyOrder(1L, 2L, 3L);
    }
  }

  @Test
  void othersThanTenantAdminsOrderNothing() {
    tenant
        .as("eve", "password-admin")
        .contentType("application/json")
        .body("[{\"rows\":[" + ADD.formatted("a@x.com") + "]}]")
        .post("/v1/orders")
        .then()
        .statusCode(403);
  }

  private ValidatableResponse order(String orders, int mostErrors) {
    return tenant
        .admin()
        .contentType("application/json")
        .body(orders)
        .post("/v1/orders?mostErrors=" + mostErrors)
        .then()
        .statusCode(202);
  }

  private static UUID id(ValidatableResponse answer) {
    return UUID.fromString(answer.extract().path("job.id"));
  }

  private static List<UserCommand> commands(UUID job, int rows) throws InterruptedException {
    try (StandInServices services = new StandInServices()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> services.rows(job).size() == rows);
      return services.commands(job).stream()
          .sorted(Comparator.comparing(UserCommand::row))
          .toList();
    }
  }
}
