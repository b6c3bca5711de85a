package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A dry run says row by row what the real run then does, and changes nothing. */
class DryRunST {
  private static final int ROWS = 20_000;

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void seatsAreForeseenRowByRow() throws SQLException {
    Gateway admin = system.as("dry", "tenant-admin");
    ActivationST.add(admin, "dry", ROWS);
    admin.seats("E3", 12_345);
    List<String> before = TenantPicture.of(system, "dry");
    List<String> changes = changes("dry");

    JsonNode dry =
        admin.run(
            "operation=enable&license=E3&dryRun=true&maxFailures=100%25",
            ActivationST.names("dry", 1, ROWS));

    assertThat(dry.path("dryRun").asBoolean()).isTrue();
    assertThat(dry.path("rows").path("succeeded").asLong()).isEqualTo(12_345);
    assertThat(seatNotice(admin, dry)).contains("E3", "20000", "12345");
    assertThat(TenantPicture.of(system, "dry")).isEqualTo(before);
    assertThat(changes("dry")).isEqualTo(changes);
    assertThat(
            system.strings(
                "user-service", "SELECT count(*) FROM credential WHERE tenant_id = 'dry'"))
        .containsExactly("0");

    JsonNode real = admin.awaitEnd(run(admin, dry));

    assertThat(real.path("source").asText()).isEqualTo("RUN");
    assertThat(real.path("parent").asText()).isEqualTo(dry.path("id").asText());
    assertThat(admin.rows(real, "FAILED")).isEqualTo(admin.rows(dry, "FAILED"));
    assertThat(admin.rows(real, "SUCCEEDED")).isEqualTo(admin.rows(dry, "SUCCEEDED"));
  }

  /** It may be unknown at first: license-service is asked for it when somebody looks. */
  private static String seatNotice(Gateway admin, JsonNode dry) {
    return await("what seats the file needs is told")
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> notice(admin.get("/v1/jobs/" + dry.path("id").asText()).json(), "SEATS_NEEDED"),
            text -> !text.isEmpty());
  }

  private static String notice(JsonNode job, String code) {
    for (JsonNode notice : job.path("notices")) {
      if (code.equals(notice.path("code").asText())) {
        return notice.path("message").asText();
      }
    }
    return "";
  }

  @Test
  void rowsOfOneFileSeeEachOther() throws SQLException {
    Gateway admin = system.as("dry-mixed", "tenant-admin");
    ActivationST.add(admin, "dry-mixed", 2);
    admin.seats("E3", 1);
    admin.run("operation=set", "UPN,EmployeeId\nu2@dry-mixed.com,7\n");
    List<String> before = TenantPicture.of(system, "dry-mixed");
    String file =
        """
        Action,UserPrincipalName,DisplayName,EmployeeId,Licenses,Password
        add,new@dry-mixed.com,New,,,
        enable,new@dry-mixed.com,,,E3,
        add,other@dry-mixed.com,Other,7,,
        remove,u1@dry-mixed.com,,,,
        enable,u1@dry-mixed.com,,,,
        enable,nobody@dry-mixed.com,,,,
        enable,u2@dry-mixed.com,,,E3,
        set-password,u2@dry-mixed.com,,,,short
        restore,u1@dry-mixed.com,,,,
        """;

    JsonNode dry = admin.run("operation=add&dryRun=true", file);
    List<String> after = TenantPicture.of(system, "dry-mixed");
    JsonNode real = admin.run("operation=add", file);

    assertThat(after).isEqualTo(before);
    assertThat(dry.path("operation").asText()).isEqualTo("MIXED");
    assertThat(admin.rows(dry, "FAILED"))
        .containsExactly(
            "3 INVALID_VALUE",
            "5 USER_REMOVED",
            "6 USER_NOT_FOUND",
            "7 NO_SEATS_LEFT",
            "8 PASSWORD_TOO_WEAK");
    assertThat(admin.rows(real, "FAILED")).isEqualTo(admin.rows(dry, "FAILED"));
  }

  private static String run(Gateway admin, JsonNode dry) {
    return admin
        .post("/v1/jobs/" + dry.path("id").asText() + "/run?maxFailures=100%25", "")
        .expect(202)
        .json()
        .path("id")
        .asText();
  }

  private List<String> changes(String tenant) throws SQLException {
    return system.strings(
        "user-service", "SELECT count(*) FROM change WHERE tenant_id = '" + tenant + "'");
  }
}
