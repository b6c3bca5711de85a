package io.muster.bulkingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobProgress;
import io.muster.contracts.job.JobState;
import io.muster.contracts.topic.Headers;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** From an upload to commands on the bus, and from the gateway's counts to the job's end. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class UploadToCommandsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestPlatform platform = TestPlatform.shared();

  @Test
  void everyAcceptedRowIsSentOnceInOrderAndTheJobEndsWithTheGatewaysCounts() throws Exception {
    String tenant = "rows-" + UUID.randomUUID().toString().substring(0, 8);
    StringBuilder csv = new StringBuilder("UserPrincipalName,DisplayName\n");
    for (int row = 1; row <= 1_500; row++) {
      csv.append(row % 500 == 0 ? "not a name" : "u" + row + "@x.com").append(",User\n");
    }

    String id =
        upload(tenant, csv.toString(), "operation=add&maxFailures=100%")
            .statusCode(202)
            .extract()
            .path("id");

    List<UserCommand> commands = commands(UUID.fromString(id), 1_497);
    assertThat(commands).hasSize(1_497);
    assertThat(commands.stream().map(UserCommand::row).distinct()).hasSize(1_497);
    UserCommand one =
        commands.stream().filter(command -> command.row() == 1_499).findFirst().orElseThrow();
    assertThat(one.userPrincipalName()).isEqualTo("u1499@x.com");
    assertThat(one.properties()).containsEntry("displayName", "User");
    assertThat(one.stamp().row()).isEqualTo(1_499);
    assertThat(one.actor().subject()).isEqualTo("ada");

    progress(new JobProgress(tenant, UUID.fromString(id), 1_490, 7));

    JobEvent end = lastEvent(UUID.fromString(id), JobState.PARTIALLY_FAILED);
    assertThat(end.type()).isEqualTo(JobEvent.Type.FINISHED);
    assertThat(end.job().total()).isEqualTo(1_500);
    assertThat(end.job().refusedRows()).isEqualTo(3);
    assertThat(end.job().dispatched()).isEqualTo(1_497);
  }

  @Test
  void theSameFileTwiceIsRefusedWithTheEarlierJobUnlessAllowed() {
    String tenant = "twice-" + UUID.randomUUID().toString().substring(0, 8);
    String csv = "UPN,Name\na@x.com,A\n";
    String id = upload(tenant, csv, "operation=add").statusCode(202).extract().path("id");

    String earlier = upload(tenant, csv, "operation=add").statusCode(409).extract().path("job");

    assertThat(earlier).isEqualTo(id);
    upload(tenant, csv, "operation=add&allowDuplicate=true").statusCode(202);
    upload("other-" + tenant, csv, "operation=add").statusCode(202);
  }

  @Test
  void aFileWhoseRowsAreAllRefusedIsFinalAtOnce() {
    String tenant = "refused-" + UUID.randomUUID().toString().substring(0, 8);

    String state =
        upload(tenant, "UPN,Name\nnobody,A\n", "operation=add")
            .statusCode(202)
            .extract()
            .path("state");

    assertThat(state).isEqualTo("FAILED");
  }

  @Test
  void writtenRowsAndRefusalsAreReadBackFromTheSpool() {
    String tenant = "rows-" + UUID.randomUUID().toString().substring(0, 8);
    String id =
        upload(tenant, "UPN,Name\na@x.com,A\nnobody,B\nA@x.com,C\n", "operation=add")
            .statusCode(202)
            .extract()
            .path("id");

    List<Map<String, Object>> rows =
        as(tenant).get("/v1/jobs/" + id + "/rows").then().statusCode(200).extract().path("items");
    List<Integer> refused =
        as(tenant)
            .get("/v1/jobs/" + id + "/refusals?after=1")
            .then()
            .statusCode(200)
            .extract()
            .path("items.row");
    String duplicate =
        as(tenant)
            .contentType("application/json")
            .body("[3]")
            .post("/v1/jobs/" + id + "/rows/lookup")
            .then()
            .statusCode(200)
            .extract()
            .path("items[0].refusal.code");

    assertThat(rows).hasSize(3);
    assertThat(refused).containsExactly(2, 3);
    assertThat(duplicate).isEqualTo("DUPLICATE_ROW");
    as("another").get("/v1/jobs/" + id + "/rows").then().statusCode(404);
  }

  private io.restassured.response.ValidatableResponse upload(
      String tenant, String csv, String query) {
    return as(tenant)
        .contentType("text/csv")
        .body(csv.getBytes(StandardCharsets.UTF_8))
        .post("/v1/jobs?" + query)
        .then();
  }

  private RequestSpecification as(String tenant) {
    return given()
        .header(
            "Authorization",
            "Bearer " + platform.token(tenant, "ada", Set.of("tenant-admin"), Set.of()));
  }

  private void progress(JobProgress progress) throws ExecutionException, InterruptedException {
    Map<String, Object> config = new HashMap<>(platform.kafkaClient("gateway"));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.JOB_PROGRESS.name(),
                  progress.jobId().toString(),
                  Wire.of(Topics.JOB_PROGRESS).encode(progress)))
          .get();
    }
  }

  private List<UserCommand> commands(UUID jobId, int atLeast) throws Exception {
    List<UserCommand> found = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> each :
        records(Topics.USER_COMMANDS.name(), jobId.toString(), atLeast)) {
      assertThat(each.headers().lastHeader(Headers.SLICE)).isNotNull();
      found.add(Wire.of(Topics.USER_COMMANDS).decode(each.value()));
    }
    return found;
  }

  private JobEvent lastEvent(UUID jobId, JobState state) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              JobEvent last = null;
              for (ConsumerRecord<String, byte[]> each :
                  records(Topics.JOB_EVENTS.name(), jobId.toString(), 1)) {
                JobEvent event = Wire.of(Topics.JOB_EVENTS).decode(each.value());
                if (last == null || event.job().version() > last.job().version()) {
                  last = event;
                }
              }
              return last;
            },
            last -> last != null && last.job().state() == state);
  }

  /** All records whose id starts with that job, once there are that many. */
  private List<ConsumerRecord<String, byte[]>> records(String topic, String job, int atLeast) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            platform.kafkaClient("broker"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
      Awaitility.await(atLeast + " records on " + topic)
          .atMost(PATIENCE)
          .until(
              () -> {
                for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                  String id =
                      new String(
                          each.headers().lastHeader(Headers.ID).value(), StandardCharsets.US_ASCII);
                  if (id.startsWith(job)) {
                    found.add(each);
                  }
                }
                return found.size() >= atLeast;
              });
      return found;
    }
  }
}
