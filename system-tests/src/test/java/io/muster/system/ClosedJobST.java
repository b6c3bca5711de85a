package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is left of a job when it is closed: its numbers, the accounts, and the audit. */
class ClosedJobST {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> BY_ROW = List.of("job_progress", "row_failure", "row_note");

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void nothingIsKeptByItsRowsInAnyPlaceAndEverybodyKnowsThatItIsClosed() throws SQLException {
    Gateway admin = system.as("closed", "tenant-admin");
    admin.run("operation=add", users(1, 900));
    JsonNode job = admin.run("operation=add&maxFailures=100%25", users(801, 1_200));
    String id = job.path("id").asText();
    Path spool = system.data().resolve("spool").resolve(id);
    assertThat(spool).isDirectory();
    assertThat(inGateway("row_failure", id)).isEqualTo("100");

    admin.control(job, "close");

    assertThat(Files.exists(spool)).isFalse();
    for (String table : BY_ROW) {
      Awaitility.await(table).atMost(PATIENCE).until(() -> inGateway(table, id).equals("0"));
    }
    for (String service : List.of("user-service", "license-service")) {
      Awaitility.await(service + " knows")
          .atMost(PATIENCE)
          .until(
              () ->
                  !system
                      .strings(service, "SELECT 1 FROM closed_job WHERE job_id = '" + id + "'")
                      .isEmpty());
    }
    for (String gone : List.of("rows", "results.csv", "failures.csv")) {
      assertThat(admin.get("/v1/jobs/" + id + "/" + gone).expect(410).code())
          .isEqualTo("JOB_CLOSED");
    }
    for (String verb : List.of("retry", "undo")) {
      assertThat(admin.post("/v1/jobs/" + id + "/" + verb, "").expect(410).code())
          .isEqualTo("JOB_CLOSED");
    }
    JsonNode left = admin.job(job);
    assertThat(left.path("rows").path("succeeded").asInt()).isEqualTo(300);
    assertThat(left.path("rows").path("failed").asInt()).isEqualTo(100);
    assertThat(left.path("failures").path(0).path("code").asText())
        .isEqualTo("USER_ALREADY_EXISTS");
    assertThat(admin.pages("/v1/audit?limit=1000&job=" + id)).hasSize(400);
    assertThat(
            system.strings(
                "user-service", "SELECT count(*) FROM account WHERE tenant_id = 'closed'"))
        .containsExactly("1200");
  }

  private String inGateway(String table, String job) throws SQLException {
    return system
        .strings("gateway", "SELECT count(*) FROM " + table + " WHERE job_id = '" + job + "'")
        .get(0);
  }

  private static String users(int first, int last) {
    StringBuilder csv = new StringBuilder("UserPrincipalName,DisplayName\n");
    for (int i = first; i <= last; i++) {
      csv.append("u").append(i).append("@closed.com,User ").append(i).append('\n');
    }
    return csv.toString();
  }
}
