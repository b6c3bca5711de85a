package io.muster.gateway.status.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import io.muster.contracts.job.WrittenRow;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.gateway.BulkIngestStandIn;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class RowsIT {
  private static final String TENANT = "rows";

  /** Row: outcome, for 3,000 rows over three chunks. */
  private final Map<Long, String> story = new LinkedHashMap<>();

  private final List<WrittenRow> written = new ArrayList<>();
  private final List<RowResult> results = new ArrayList<>();

  @Test
  void pagesOfEveryOutcomeAddUpToTheFile() {
    JobSnapshot job = aJobInMidFlight(3000, 2200);

    for (String filter : List.of("", "SUCCEEDED", "FAILED", "IN_FLIGHT", "PENDING", "CANCELLED")) {
      Map<Long, String> expected = new LinkedHashMap<>(story);
      if (!filter.isEmpty()) {
        expected.values().removeIf(outcome -> !outcome.startsWith(filter));
      }

      Map<Long, String> walked =
          walk(job.id(), filter.isEmpty() ? "limit=170" : "limit=170&outcome=" + filter);

      assertThat(walked).as(filter).isEqualTo(expected);
      assertThat(List.copyOf(walked.keySet())).as(filter).isSorted();
    }
    for (String code : List.of("INVALID_VALUE", "USER_ALREADY_EXISTS", "NO_SEATS_LEFT")) {
      Map<Long, String> expected = new LinkedHashMap<>(story);
      expected.values().removeIf(outcome -> !outcome.equals("FAILED " + code));

      assertThat(walk(job.id(), "limit=7&code=" + code)).as(code).isEqualTo(expected);
    }
  }

  @Test
  void showsOperatorsNumbersAndCodesOnly() {
    JobSnapshot job = aJobInMidFlight(20, 20);

    String answer =
        Callers.as("elsewhere", "olga", "operator")
            .get("/v1/jobs/" + job.id() + "/rows?outcome=FAILED")
            .then()
            .statusCode(200)
            .extract()
            .asString();

    assertThat(answer).contains("INVALID_VALUE").doesNotContain("@").doesNotContain("user1");
  }

  @Test
  void handsTheFailedRowsBackAsAFileThatCanBeUploadedAgain() {
    UUID id = Jobs.newId();
    JobSnapshot accepted =
        Jobs.snapshot(
            id,
            2,
            TENANT,
            "ada",
            JobState.RUNNING,
            4,
            Map.of(RowCode.MALFORMED_ROW, 1L, RowCode.INVALID_VALUE, 1L),
            4,
            2);
    written.add(row(1, "=cmd@rows.example", "=1+1", "+49 30 12", null));
    written.add(row(2, "ok@rows.example", "Fine", "-", null));
    written.add(
        new WrittenRow(
            3,
            null,
            null,
            null,
            new WrittenRow.Refusal(RowCode.MALFORMED_ROW, "A quote isn't closed."),
            Map.of()));
    written.add(
        row(
            4,
            "ü@rows.example",
            "He said \"hi\"",
            "R&D, Süd",
            new WrittenRow.Refusal(RowCode.INVALID_VALUE, "Department is too long.")));
    BulkIngestStandIn.shared().hasRows(id, written);
    publish(
        accepted,
        List.of(
            Bus.refused(accepted, 1, RowCode.USER_ALREADY_EXISTS, null), Bus.added(accepted, 2)));

    byte[] csv =
        Callers.admin(TENANT)
            .get("/v1/jobs/" + id + "/failures.csv")
            .then()
            .statusCode(200)
            .contentType("text/csv")
            .header("Content-Disposition", "attachment; filename=\"failures-" + id + ".csv\"")
            .extract()
            .asByteArray();

    assertThat(new String(csv, java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(
            "\uFEFFUserPrincipalName,DisplayName,Department,RowNumber,ErrorCode,ErrorMessage\r\n"
                + "'=cmd@rows.example,'=1+1,+49 30 12,1,USER_ALREADY_EXISTS,\""
                + RowCode.USER_ALREADY_EXISTS.remedy()
                + "\"\r\n"
                + ",,,3,MALFORMED_ROW,A quote isn't closed.\r\n"
                + "ü@rows.example,\"He said \"\"hi\"\"\",\"R&D, Süd\",4,INVALID_VALUE,"
                + "Department is too long.\r\n");
    assertThat(Callers.admin(TENANT).get("/v1/jobs/" + id + "/rows?after=2").asString())
        .as("a row without a name has the field too")
        .contains("{\"row\":3,\"userPrincipalName\":null,");
  }

  @Test
  void tellsEveryRowsEndAsAFile() {
    JobSnapshot job = aJobInMidFlight(3000, 2200);

    byte[] csv =
        Callers.admin(TENANT)
            .get("/v1/jobs/" + job.id() + "/results.csv")
            .then()
            .statusCode(200)
            .contentType("text/csv")
            .header("Content-Disposition", "attachment; filename=\"results-" + job.id() + ".csv\"")
            .extract()
            .asByteArray();

    Map<Long, String> told = new LinkedHashMap<>();
    List<String> lines = new String(csv, java.nio.charset.StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.get(0)).isEqualTo("\uFEFFRowNumber,UserPrincipalName,Outcome,Code,Message");
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", 5);
      assertThat(cells[1]).isEqualTo("user" + cells[0] + "@rows.example");
      told.put(Long.valueOf(cells[0]), (cells[2] + " " + cells[3]).strip());
    }
    assertThat(told).isEqualTo(story);
  }

  @Test
  void tellsRowsThatACancelCutOffAndWhatServicesHadToAdd() {
    UUID id = Jobs.newId();
    JobSnapshot running = Jobs.snapshot(id, 2, TENANT, "ada", JobState.RUNNING, 3, Map.of(), 2, 2);
    for (long number = 1; number <= 3; number++) {
      written.add(row(number, "=user" + number + "@rows.example", "x", "y", null));
    }
    BulkIngestStandIn.shared().hasRows(id, written);
    publish(
        running,
        List.of(
            new RowResult(
                TENANT, id, 1, Part.USER, PartOutcome.APPLIED, null, "Held E3.", Set.of(Part.USER)),
            Bus.added(running, 2)));
    try (Bus bus = new Bus()) {
      bus.tell(JobEvent.Type.CANCELLED, Jobs.cut(running, JobState.CANCELLED, 1));
    }
    await()
        .until(
            () ->
                Callers.admin(TENANT)
                    .get("/v1/jobs/" + id)
                    .jsonPath()
                    .getString("state")
                    .equals("CANCELLED"));

    String csv =
        Callers.admin(TENANT).get("/v1/jobs/" + id + "/results.csv").then().extract().asString();

    assertThat(csv)
        .isEqualTo(
            "\uFEFFRowNumber,UserPrincipalName,Outcome,Code,Message\r\n"
                + "1,'=user1@rows.example,SUCCEEDED,,Held E3.\r\n"
                + "2,'=user2@rows.example,SUCCEEDED,,\r\n"
                + "3,'=user3@rows.example,CANCELLED,,\r\n");
    assertThat(walk(id, "outcome=CANCELLED")).containsOnlyKeys(3L);
    assertThat(walk(id, "outcome=PENDING")).isEmpty();
    Callers.admin(TENANT)
        .get("/v1/jobs/" + id)
        .then()
        .body("rows.cancelled", equalTo(1))
        .body("rows.pending", equalTo(0));
  }

  @Test
  void givesNoResultsWhenRowsAreMissing() {
    JobSnapshot job = aJobInMidFlight(30, 30);
    BulkIngestStandIn.shared().hasRows(job.id(), written.subList(0, 20));

    // So short a file has not begun to be sent yet; breaksTheDownloadOff... tries longer ones.
    Callers.admin(TENANT)
        .get("/v1/jobs/" + job.id() + "/results.csv")
        .then()
        .statusCode(500)
        .contentType("application/problem+json");
  }

  @Test
  void aRetrysFailuresHaveTheColumnsOfTheFileThatItRetries() {
    UUID parent = Jobs.newId();
    JobSnapshot first = Jobs.snapshot(parent, 2, TENANT, "ada", JobState.FAILED, 1, Map.of(), 1, 1);
    JobSnapshot retry =
        Jobs.changed(
            Jobs.dispatched(Jobs.queued(Jobs.newId(), TENANT, "ada", 1)),
            change -> {
              change.file = null;
              change.parent = parent;
            });
    written.add(row(1, "a@rows.example", "A", "B", null));
    BulkIngestStandIn.shared().hasRows(retry.id(), written);
    try (Bus bus = new Bus()) {
      bus.tell(JobEvent.Type.FINISHED, first);
    }
    await().until(() -> Callers.admin(TENANT).get("/v1/jobs/" + parent).statusCode() == 200);
    publish(retry, List.of(Bus.refused(retry, 1, RowCode.USER_NOT_FOUND, "Not there.")));

    String csv =
        Callers.admin(TENANT)
            .get("/v1/jobs/" + retry.id() + "/failures.csv")
            .then()
            .statusCode(200)
            .extract()
            .asString();

    assertThat(csv)
        .isEqualTo(
            "\uFEFFUserPrincipalName,DisplayName,Department,RowNumber,ErrorCode,ErrorMessage\r\n"
                + "a@rows.example,A,B,1,USER_NOT_FOUND,Not there.\r\n");
  }

  @Test
  void breaksTheDownloadOffWhenItCanNotBeFinished() {
    UUID id = Jobs.newId();
    JobSnapshot accepted =
        Jobs.snapshot(
            id,
            2,
            TENANT,
            "ada",
            JobState.RUNNING,
            900,
            Map.of(RowCode.INVALID_VALUE, 600L),
            900,
            300);
    for (long number = 1; number <= 600; number++) {
      written.add(refused(number, RowCode.INVALID_VALUE));
    }
    BulkIngestStandIn.shared().hasRows(id, written);
    publish(accepted, List.of());
    // The second page finds the service gone.
    int[] calls = {0};
    BulkIngestStandIn.shared()
        .onPath(
            "/v1/jobs/" + id + "/refusals",
            exchange -> {
              if (calls[0]++ > 0) {
                exchange.close();
                return;
              }
              BulkIngestStandIn.answer(
                  exchange,
                  200,
                  io.muster.chassis.wire.Wire.of(WrittenRow.Page.class)
                      .encode(new WrittenRow.Page(id, written.subList(0, 250))));
            });

    // It is a race that the half file must lose every time.
    for (int tries = 0; tries < 20; tries++) {
      calls[0] = 0;
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> Callers.admin(TENANT).get("/v1/jobs/" + id + "/failures.csv").asByteArray())
          .as("a file that looks whole but isn't")
          .isNotNull();
    }
  }

  @Test
  void namesTheParameterThatItCanNotRead() {
    JobSnapshot job = aJobInMidFlight(5, 5);
    for (String bad :
        List.of("limit=0", "limit=1001", "limit=x", "outcome=DONE", "code=NO", "after=-1")) {
      Callers.admin(TENANT)
          .get("/v1/jobs/" + job.id() + "/rows?" + bad)
          .then()
          .statusCode(400)
          .body("code", equalTo("INVALID_REQUEST"))
          .body("field", equalTo(bad.substring(0, bad.indexOf('='))));
    }
  }

  /** Every tenth row was refused at the door; of the others some succeeded, failed or are out. */
  private JobSnapshot aJobInMidFlight(long total, long intended) {
    Random random = new Random(total);
    UUID id = Jobs.newId();
    long door = 0;
    long onTheBus = 0;
    for (long number = 1; number <= total; number++) {
      if (number % 10 == 0) {
        written.add(refused(number, RowCode.INVALID_VALUE));
        story.put(number, "FAILED INVALID_VALUE");
        door++;
      } else {
        written.add(row(number, "user" + number + "@rows.example", "x", "y", null));
        onTheBus += number <= intended ? 1 : 0;
      }
    }
    JobSnapshot job =
        Jobs.snapshot(
            id,
            2,
            TENANT,
            "ada",
            JobState.RUNNING,
            total,
            Map.of(RowCode.INVALID_VALUE, door),
            intended,
            onTheBus);
    for (long number = 1; number <= total; number++) {
      if (number % 10 != 0) {
        story.put(number, number > intended ? "PENDING" : outcome(job, number, random));
      }
    }
    BulkIngestStandIn.shared().hasRows(id, written);
    publish(job, results);
    Map<Long, String> inOrder = new java.util.TreeMap<>(story);
    story.clear();
    story.putAll(inOrder);
    return job;
  }

  private String outcome(JobSnapshot job, long number, Random random) {
    int dice = random.nextInt(10);
    if (dice < 6) {
      results.add(Bus.added(job, number));
      return "SUCCEEDED";
    }
    if (dice < 8) {
      results.add(Bus.refused(job, number, RowCode.USER_ALREADY_EXISTS, "It is there."));
      return "FAILED USER_ALREADY_EXISTS";
    }
    return "IN_FLIGHT";
  }

  private void publish(JobSnapshot job, List<RowResult> ends) {
    try (Bus bus = new Bus()) {
      bus.tell(JobEvent.Type.DISPATCHED, job);
      bus.send(ends);
    }
    int open = (int) (job.dispatched() - ends.size());
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                Callers.admin(TENANT)
                    .get("/v1/jobs/" + job.id())
                    .then()
                    .statusCode(200)
                    .body("rows.inFlight", equalTo(open)));
  }

  private static Map<Long, String> walk(UUID job, String query) {
    Map<Long, String> found = new LinkedHashMap<>();
    String after = "";
    int calls = 0;
    while (after != null && calls++ < 500) {
      JsonPath page =
          Callers.admin(TENANT)
              .get("/v1/jobs/" + job + "/rows?" + query + after)
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      for (Map<String, Object> row : page.<Map<String, Object>>getList("items")) {
        String code = row.get("code") == null ? "" : " " + row.get("code");
        found.put(((Number) row.get("row")).longValue(), row.get("outcome") + code);
      }
      after = page.getString("next") == null ? null : "&after=" + page.getString("next");
    }
    assertThat(calls).isLessThan(500);
    return found;
  }

  private static WrittenRow refused(long number, RowCode code) {
    return row(
        number, "user" + number + "@rows.example", "x", "y", new WrittenRow.Refusal(code, "No."));
  }

  private static WrittenRow row(
      long number, String name, String display, String department, WrittenRow.Refusal refusal) {
    return new WrittenRow(
        number,
        null,
        name,
        Operation.ADD,
        refusal,
        Map.of("UserPrincipalName", name, "DisplayName", display, "Department", department));
  }
}
