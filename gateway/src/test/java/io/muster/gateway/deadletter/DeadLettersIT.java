package io.muster.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.topic.Topics;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.muster.gateway.track.job.RememberingJobs;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What could not be read is seen by those whose it is, and done once it can be. */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class DeadLettersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String RESULTS = Topics.ROW_RESULTS.name();

  @Inject RememberingJobs remembering;
  @Inject ForgettingDeadLetters forgetting;

  @Test
  void aTenantSeesItsOwnWithThePayloadAndOperatorsWithout() {
    String tenant = aTenant();
    String garbage = "{\"tenant\":\"" + tenant + "\",\"of\":\"chris\"}";

    Map<String, Object> letter = sendAndFind(tenant, garbage);

    assertThat(letter)
        .containsEntry("tenant", tenant)
        .containsEntry("topic", RESULTS)
        .containsEntry("service", "gateway")
        .containsEntry("kept", true)
        .containsEntry("payload", garbage)
        .containsEntry("payloadEncoding", "UTF_8");
    assertThat((String) letter.get("reason")).matches("[A-Z_]+");
    String path = "/v1/dead-letters/" + letter.get("id");
    Callers.admin(tenant).get(path).then().statusCode(200).body("payload", equalTo(garbage));
    operator()
        .get(path)
        .then()
        .statusCode(200)
        .body("tenant", equalTo(tenant))
        .body("payload", nullValue())
        .body("kept", nullValue());
    Callers.admin("another-tenant").get(path).then().statusCode(404);
    Callers.admin("another-tenant").post(path + "/redrive").then().statusCode(404);
    assertThat(ids(Callers.admin("another-tenant"))).doesNotContain((String) letter.get("id"));
  }

  @Test
  void whatTellsNoTenantIsForOperatorsAlone() {
    String unique = "no json " + UUID.randomUUID();
    List<String> before = ids(operator());

    send(unique.getBytes(StandardCharsets.UTF_8), "garbage");

    String id =
        await()
            .atMost(PATIENCE)
            .until(
                () -> ids(operator()).stream().filter(i -> !before.contains(i)).findFirst(),
                java.util.Optional::isPresent)
            .orElseThrow();
    operator().get("/v1/dead-letters/" + id).then().statusCode(200).body("tenant", nullValue());
    Callers.admin("contoso").get("/v1/dead-letters/" + id).then().statusCode(404);
  }

  @Test
  void theKeyTellsTheTenantOfWhatIsNoJson() throws SQLException {
    String tenant = aTenant();
    JobSnapshot job = Jobs.queued(Jobs.newId(), tenant, "ada", 1);
    remembering.remember(List.of(job));
    byte[] bytes = {(byte) 0xff, 0x00, 0x7f};

    send(bytes, Topics.resultKey(job.id(), 1));

    Callers.admin(tenant)
        .get("/v1/dead-letters/" + awaitOne(tenant).get("id"))
        .then()
        .statusCode(200)
        .body("payload", equalTo("/wB/"))
        .body("payloadEncoding", equalTo("BASE64"));
  }

  @Test
  void aRedrivenRecordIsOnTheBusAgainAsItWasAndOnlyOnce() {
    String tenant = aTenant();
    Map<String, Object> letter = sendAndFind(tenant, "{\"tenant\":\"" + tenant + "\"}");
    String path = "/v1/dead-letters/" + letter.get("id");

    operator()
        .post(path + "/redrive")
        .then()
        .statusCode(202)
        .body("redrivenAt", notNullValue())
        .body("payload", nullValue());

    List<Map<String, Object>> letters =
        await().atMost(PATIENCE).until(() -> list(tenant), found -> found.size() == 2);
    assertThat(letters.get(0).get("payload")).isEqualTo(letters.get(1).get("payload"));
    assertThat(letters.get(0).get("partition")).isEqualTo(letters.get(1).get("partition"));
    assertThat(letters.get(0).get("redrivenAt")).isNull();
    assertThat(letters.get(1).get("redrivenAt")).isNotNull();
    Callers.admin(tenant)
        .post(path + "/redrive")
        .then()
        .statusCode(409)
        .body("code", equalTo("WRONG_STATE"));
    assertThat(list(tenant)).hasSize(2);
  }

  @Test
  void aListIsReadPageByPageAndByTopic() {
    String tenant = aTenant();
    for (int i = 0; i < 3; i++) {
      send(
          ("{\"tenant\":\"" + tenant + "\",\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8),
          "garbage");
    }
    await().atMost(PATIENCE).until(() -> list(tenant).size() == 3);

    String next =
        Callers.admin(tenant)
            .get("/v1/dead-letters?limit=2&topic=" + RESULTS)
            .then()
            .body("items", hasSize(2))
            .extract()
            .path("next");

    Callers.admin(tenant)
        .get("/v1/dead-letters?limit=2&after=" + next)
        .then()
        .body("items", hasSize(1))
        .body("next", nullValue());
    Callers.admin(tenant)
        .get("/v1/dead-letters?topic=" + Topics.JOB_EVENTS.name())
        .then()
        .body("items", hasSize(0));
    Callers.admin(tenant)
        .get("/v1/dead-letters?limit=0")
        .then()
        .statusCode(400)
        .body("field", equalTo("limit"));
  }

  @Test
  void whatTheTopicHasForgottenIsListedButNotSentAgain() throws Exception {
    String tenant = aTenant();
    Map<String, Object> letter = sendAndFind(tenant, "{\"tenant\":\"" + tenant + "\"}");
    forget(letter);

    String path = "/v1/dead-letters/" + letter.get("id");
    Callers.admin(tenant)
        .get(path)
        .then()
        .statusCode(200)
        .body("kept", equalTo(false))
        .body("payload", nullValue());
    Callers.admin(tenant)
        .post(path + "/redrive")
        .then()
        .statusCode(409)
        .body("code", equalTo("WRONG_STATE"));
    Callers.admin(tenant).get(path).then().body("redrivenAt", nullValue());
  }

  @Test
  void lettersAreForgottenWhenTheirTimeIsOver() throws SQLException {
    String tenant = aTenant();
    sendAndFind(tenant, "{\"tenant\":\"" + tenant + "\"}");

    forgetting.forget(OffsetDateTime.now(ZoneOffset.UTC).minusDays(20));
    assertThat(list(tenant)).hasSize(1);
    forgetting.forget(OffsetDateTime.now(ZoneOffset.UTC).plusMinutes(1));

    assertThat(list(tenant)).isEmpty();
  }

  private static void forget(Map<String, Object> letter)
      throws ExecutionException, InterruptedException {
    TopicPartition partition = new TopicPartition(RESULTS, (Integer) letter.get("partition"));
    long next = ((Number) letter.get("offset")).longValue() + 1;
    try (Admin admin = Admin.create(new HashMap<>(TestPlatform.shared().kafkaClient("broker")))) {
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(next))).all().get();
    }
  }

  private static Map<String, Object> sendAndFind(String tenant, String value) {
    send(value.getBytes(StandardCharsets.UTF_8), "garbage");
    return awaitOne(tenant);
  }

  private static void send(byte[] value, String key) {
    try (Bus bus = new Bus()) {
      bus.sendGarbage(RESULTS, key, value);
    }
  }

  private static Map<String, Object> awaitOne(String tenant) {
    return await().atMost(PATIENCE).until(() -> list(tenant), found -> found.size() == 1).get(0);
  }

  private static List<Map<String, Object>> list(String tenant) {
    return Callers.admin(tenant)
        .get("/v1/dead-letters")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items");
  }

  private static List<String> ids(RequestSpecification caller) {
    return new ArrayList<>(
        caller.get("/v1/dead-letters?limit=1000").jsonPath().getList("items.id", String.class));
  }

  private static RequestSpecification operator() {
    return Callers.as("anywhere", "olga", "operator");
  }

  private static String aTenant() {
    return "letters-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
