package io.muster.gateway.hr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.muster.chassis.hr.ReadingHrEvents;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.topic.Topics;
import io.muster.gateway.BulkIngestStandIn;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.UserServiceStandIn;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** HR's events come in by HTTP, all of a call or none, and are on the topic when it answers. */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class HrEventsIT {
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";

  @Test
  void anEventInStructuredModeIsOnItsTopicWhenTheCallAnswers() throws Exception {
    String event = example("hr-hired.json", "hr-structured");

    post(feeder("hr-structured"), STRUCTURED + "; charset=utf-8", event)
        .statusCode(202)
        .body("ids", contains("4c1f5a52-hired"));

    ConsumerRecord<String, byte[]> record = onTheTopic("hr-structured").get(0);
    assertThat(record.key()).isEqualTo("hr-structured/10042");
    HrEvent read = new ReadingHrEvents().structured(record.value());
    assertThat(read).isEqualTo(new ReadingHrEvents().structured(bytes(event)));
  }

  @Test
  void aBatchGoesInAsAWhole() {
    String batch = batch("hr-batch", 50);

    post(feeder("hr-batch"), BATCH, batch)
        .statusCode(202)
        .body("ids.size()", equalTo(50))
        .body("ids[49]", equalTo("e49"));

    assertThat(onTheTopic("hr-batch")).hasSize(50);
  }

  @Test
  void binaryModeHasTheAttributesInHeaders() throws Exception {
    feeder("hr-binary")
        .header("ce-specversion", "1.0")
        .header("ce-id", "M%C3%BCller+1")
        .header("ce-source", "/hr")
        .header("ce-type", "io.muster.hr.left")
        .header("ce-time", "2024-01-08T10:00:00+02:00")
        .contentType("application/json")
        .body(bytes("{\"tenant\":\"hr-binary\",\"employeeId\":\"7\"}"))
        .post("/v1/hr/events")
        .then()
        .statusCode(202)
        .body("ids", contains("Müller+1"));

    HrEvent read = new ReadingHrEvents().structured(onTheTopic("hr-binary").get(0).value());
    assertThat(read.id()).isEqualTo("Müller+1");
    assertThat(read.time()).isEqualTo("2024-01-08T08:00:00Z");
  }

  @Test
  void oneBrokenEventRefusesTheWholeBatchWithTheFieldToBlame() {
    String batch = batch("hr-broken", 3).replace("\"employeeId\":\"2\"", "\"employeeId\":2");

    post(feeder("hr-broken"), BATCH, batch)
        .statusCode(400)
        .body("code", equalTo("INVALID_REQUEST"))
        .body("field", equalTo("events[2].data.employeeId"));

    assertThat(onTheTopic("hr-broken")).isEmpty();
  }

  @Test
  void anEventOfAClockThatIsFarAheadIsRefusedWithTheFieldToBlame() throws Exception {
    String ahead = Instant.now().plus(Duration.ofHours(25)).toString();
    String near = Instant.now().plus(Duration.ofHours(23)).toString();
    String batch = batch("hr-ahead", 2).replace("\"id\":\"e1\"", "\"id\":\"e1\",\"time\":\"%s\"");

    post(feeder("hr-ahead"), BATCH, batch.formatted(ahead))
        .statusCode(400)
        .body("code", equalTo("INVALID_REQUEST"))
        .body("field", equalTo("events[1].time"));
    assertThat(onTheTopic("hr-ahead")).isEmpty();
    post(feeder("hr-ahead"), BATCH, batch.formatted(near)).statusCode(202);
  }

  @Test
  void whatIsNoCallWithEventsIsRefused() throws Exception {
    String event = example("hr-hired.json", "hr-bad");

    refused(post(feeder("hr-bad"), STRUCTURED, "{"), "body");
    refused(post(feeder("hr-bad"), STRUCTURED, event.replace("\"1.0\"", "\"0.3\"")), "specversion");
    refused(post(feeder("hr-bad"), "text/csv", event), "Content-Type");
    refused(post(feeder("hr-bad"), BATCH, event), "events");
    refused(post(feeder("hr-bad"), BATCH, "[]"), "events");
    refused(post(feeder("hr-bad"), BATCH, batch("hr-bad", 1001)), "events");
    post(feeder("hr-bad"), STRUCTURED, event.replace("Chris", "C".repeat(1_100_000)))
        .statusCode(413)
        .body("code", equalTo("TOO_LARGE"));

    assertThat(onTheTopic("hr-bad")).isEmpty();
  }

  private static void refused(ValidatableResponse answer, String field) {
    answer.statusCode(400).body("code", equalTo("INVALID_REQUEST")).body("field", equalTo(field));
  }

  @Test
  void anotherTenantsEventsAndAnotherRolesTokenAreRefused() throws Exception {
    String event = example("hr-hired.json", "hr-own");

    String foreign = Callers.token("hr-foreign", "hr-system", "hr-feed");
    post(RestAssured.given().auth().oauth2(foreign), STRUCTURED, event)
        .statusCode(403)
        .body("code", equalTo("FORBIDDEN"));
    await("the audit is told")
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                UserServiceStandIn.shared().refusals().stream()
                    .anyMatch(
                        told ->
                            told.get(0).equals("Bearer " + foreign)
                                && told.get(1).contains("POST /v1/hr/events")));
    String mixed = batch("hr-own", 2).replaceFirst("hr-own", "hr-foreign");
    post(feeder("hr-own"), BATCH, mixed).statusCode(403).body("code", equalTo("FORBIDDEN"));
    for (String role : List.of("reader", "password-admin", "operator")) {
      post(Callers.as("hr-own", "eve", role), STRUCTURED, event).statusCode(403);
    }
    Callers.as("hr-own", "feed", "hr-feed").get("/v1/hr/events").then().statusCode(403);
    assertThat(onTheTopic("hr-own")).isEmpty();

    post(Callers.admin("hr-own"), STRUCTURED, event).statusCode(202);
    assertThat(onTheTopic("hr-own")).hasSize(1);
  }

  @Test
  void whatBecameOfThemIsAskedOfBulkIngestService() {
    BulkIngestStandIn.shared()
        .onPath(
            "/v1/hr/scheduled",
            exchange ->
                BulkIngestStandIn.answer(
                    exchange,
                    200,
                    bytes("{\"asked\":\"" + exchange.getRequestURI().getRawQuery() + "\"}")));

    Callers.admin("hr-asks")
        .get("/v1/hr/scheduled?limit=7")
        .then()
        .statusCode(200)
        .body("asked", equalTo("limit=7"));
  }

  private static RequestSpecification feeder(String tenant) {
    return Callers.as(tenant, "hr-system", "hr-feed");
  }

  private static ValidatableResponse post(
      RequestSpecification caller, String contentType, String body) {
    return caller
        .header("Content-Type", contentType)
        .body(bytes(body))
        .post("/v1/hr/events")
        .then();
  }

  private static String batch(String tenant, int events) {
    return IntStream.range(0, events)
        .mapToObj(
            i ->
                """
                {"specversion":"1.0","id":"e%d","source":"/hr","type":"io.muster.hr.hired",
                 "data":{"tenant":"%s","employeeId":"%d","lastName":"Green"}}"""
                    .formatted(i, tenant, i))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String example(String file, String tenant) throws IOException {
    try (InputStream json = HrEvent.class.getResourceAsStream("/examples/" + file)) {
      return new String(json.readAllBytes(), StandardCharsets.UTF_8)
          .replace("\"tenant\": \"contoso\"", "\"tenant\": \"" + tenant + "\"");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<ConsumerRecord<String, byte[]>> onTheTopic(String tenant) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            new HashMap<>(TestPlatform.shared().kafkaClient("broker")),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, Topics.HR_EVENTS.partitions())
              .mapToObj(i -> new TopicPartition(Topics.HR_EVENTS.name(), i))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    found.removeIf(record -> !record.key().startsWith(tenant + "/"));
    return found;
  }
}
