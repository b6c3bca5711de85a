package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Jobs stop when they are told to, and by themselves before they do harm. */
class JobControlST {
  private static final int ROWS = 60_000;
  private static final List<String> SERVICES =
      List.of("bulk-ingest-service", "user-service", "license-service", "gateway");

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void aPausedJobIsQuietAndGoesOnAfterEveryServiceWasKilled() throws SQLException {
    Gateway admin = system.as("pause", "tenant-admin");
    JsonNode job = admin.upload("operation=add", generated(ROWS, "pause.com")).expect(202).json();
    awaitSome(admin, job, 5_000);

    JsonNode paused = admin.control(job, "pause");

    assertThat(paused.path("state").asText()).isEqualTo("PAUSED");
    assertThat(paused.path("stateReason").path("code").asText()).isEqualTo("REQUESTED");
    JsonNode quiet = awaitQuiet(admin, job);
    long done = quiet.path("rows").path("succeeded").asLong();
    assertThat(done).isLessThan(ROWS);
    assertThat(sum(quiet)).isEqualTo(ROWS);
    Map<String, Long> pids = SERVICES.stream().collect(Collectors.toMap(s -> s, system::pid));
    SERVICES.forEach(system::kill);
    Awaitility.await("all services are there again")
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                system.isReady() && SERVICES.stream().noneMatch(s -> system.pid(s) == pids.get(s)));
    JsonNode still = admin.job(job);
    assertThat(still.path("state").asText()).isEqualTo("PAUSED");
    assertThat(still.path("rows").path("succeeded").asLong()).isEqualTo(done);

    admin.control(job, "resume");

    JsonNode ended = admin.awaitEnd(job.path("id").asText());
    assertThat(ended.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(ended.path("rows").path("succeeded").asLong()).isEqualTo(ROWS);
    assertThat(
            system.strings(
                "user-service", "SELECT count(*) FROM account WHERE tenant_id = 'pause'"))
        .containsExactly(Integer.toString(ROWS));
  }

  @Test
  void aCancelledJobSaysOfEveryRowWhetherItWasDone() throws SQLException {
    Gateway admin = system.as("cancel", "tenant-admin");
    JsonNode job = admin.upload("operation=add", generated(ROWS, "cancel.com")).expect(202).json();
    awaitSome(admin, job, 5_000);

    admin.control(job, "cancel");

    JsonNode ended = admin.awaitEnd(job.path("id").asText());
    assertThat(ended.path("state").asText()).isEqualTo("CANCELLED");
    long done = ended.path("rows").path("succeeded").asLong();
    long cancelled = ended.path("rows").path("cancelled").asLong();
    assertThat(cancelled).isPositive();
    assertThat(done + cancelled).isEqualTo(ROWS);
    assertThat(
            system.strings(
                "user-service", "SELECT count(*) FROM account WHERE tenant_id = 'cancel'"))
        .containsExactly(Long.toString(done));
    String path = "/v1/jobs/" + job.path("id").asText();
    JsonNode first =
        admin.get(path + "/rows?limit=1&outcome=CANCELLED").json().path("items").get(0);
    assertThat(first.path("row").asLong()).isEqualTo(done + 1);
    assertThat(admin.get(path + "/results.csv").expect(200).text().lines())
        .hasSize(ROWS + 1)
        .anyMatch(line -> line.contains("CANCELLED"));
    assertThat(admin.post(path + "/pause", "").expect(409).code()).isEqualTo("WRONG_STATE");
  }

  @Test
  void aFileThatFailsTooOftenStopsItselfAndGoesOnWhenToldSo() {
    Gateway admin = system.as("guarded", "tenant-admin");
    ActivationST.add(admin, "guarded", 20);
    String file = ActivationST.names("guarded", 1, 3_000);

    JsonNode job = admin.upload("operation=enable", file).expect(202).json();

    JsonNode paused = admin.awaitState(job, "PAUSED");
    assertThat(paused.path("stateReason").path("code").asText()).isEqualTo("MAX_FAILURES");
    assertThat(paused.path("stateReason").path("detail").asText()).isNotBlank();
    admin.control(job, "resume");
    JsonNode ended = admin.awaitEnd(job.path("id").asText());
    assertThat(ended.path("rows").path("succeeded").asLong()).isEqualTo(20);
    assertThat(ended.path("rows").path("failed").asLong()).isEqualTo(2_980);
  }

  @Test
  void aFileThatRemovesMostPeopleStopsBeforeTheHarmIsDone() throws SQLException {
    Gateway admin = system.as("blast", "tenant-admin");
    ActivationST.add(admin, "blast", 400);
    admin.run("operation=enable", ActivationST.names("blast", 1, 400));

    JsonNode job =
        admin.upload("operation=remove", ActivationST.names("blast", 1, 300)).expect(202).json();

    JsonNode paused = admin.awaitState(job, "PAUSED");
    assertThat(paused.path("stateReason").path("code").asText()).isEqualTo("BLAST_RADIUS");
    awaitQuiet(admin, job);
    assertThat(
            system.strings(
                "user-service",
                "SELECT count(*) FROM account WHERE tenant_id = 'blast' AND state = 'REMOVED'"))
        .as("20 % of 400")
        .containsExactly("80");
    admin.control(job, "resume");
    JsonNode ended = admin.awaitEnd(job.path("id").asText());
    assertThat(ended.path("rows").path("succeeded").asLong()).isEqualTo(300);
    JsonNode undone = admin.child(ended, "undo");
    assertThat(undone.path("state").asText())
        .as("an undo counts for no guard")
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void aJobWaitsForItsTimeAndIsClosedWhenToldSo() {
    Gateway admin = system.as("timed", "tenant-admin");
    Instant start = Instant.now().plusSeconds(4);
    JsonNode job =
        admin
            .upload("operation=add&startAt=" + start, "UPN,DisplayName\nu1@timed.com,U\nx,\n")
            .expect(202)
            .json();
    assertThat(job.path("state").asText()).isEqualTo("QUEUED");

    JsonNode ended = admin.awaitEnd(job.path("id").asText());

    assertThat(Instant.parse(ended.path("startedAt").asText())).isAfterOrEqualTo(start);
    String path = "/v1/jobs/" + job.path("id").asText();
    String failures = admin.get(path + "/failures.csv").expect(200).text();
    assertThat(failures).contains("RowNumber,ErrorCode,ErrorMessage");
    JsonNode again = admin.run("operation=add", failures);
    assertThat(again.path("file").path("unknownColumns")).isEmpty();
    assertThat(again.path("rows").path("failed").asLong()).isEqualTo(1);
    admin.control(job, "close");
    assertThat(admin.get(path + "/failures.csv").expect(410).code()).isEqualTo("JOB_CLOSED");
    assertThat(admin.post(path + "/retry", "").expect(410).code()).isEqualTo("JOB_CLOSED");
    assertThat(admin.get(path).expect(200).json().path("rows").path("total").asLong()).isEqualTo(2);
  }

  static byte[] generated(int rows, String domain) {
    return CommandLine.run(
            "generate", "--operation", "add", "--rows", Integer.toString(rows), "--domain", domain)
        .expectExit(0)
        .out()
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static JsonNode awaitQuiet(Gateway admin, JsonNode job) {
    return Awaitility.await("nothing is in flight")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> admin.job(job), now -> now.path("rows").path("inFlight").asLong() == 0);
  }

  private static void awaitSome(Gateway admin, JsonNode job, long rows) {
    Awaitility.await("some rows are done, not all")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> admin.job(job).path("rows").path("succeeded").asLong() > rows);
  }

  private static long sum(JsonNode job) {
    JsonNode rows = job.path("rows");
    return rows.path("pending").asLong()
        + rows.path("inFlight").asLong()
        + rows.path("succeeded").asLong()
        + rows.path("failed").asLong()
        + rows.path("cancelled").asLong();
  }
}
