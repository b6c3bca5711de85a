package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGKILL of any one process in mid-job: the job ends by itself, every row done exactly once. */
class KillsST {
  private static final int ROWS = 20_000;
  private static final int ENABLED = 30_000;
  private static final int SEATS = 29_000;

  private final RunningSystem system = RunningSystem.shared();

  @ParameterizedTest
  @ValueSource(strings = {"user-service", "bulk-ingest-service", "gateway", "kafka", "postgresql"})
  void everyRowIsDoneExactlyOnce(String victim) throws SQLException {
    String tenant = "kill-" + victim;
    byte[] file =
        CommandLine.run("generate", "--operation", "add", "--rows", Integer.toString(ROWS))
            .expectExit(0)
            .out()
            .getBytes(StandardCharsets.UTF_8);
    Gateway admin = system.as(tenant, "tenant-admin");
    String id = admin.upload("operation=add", file).expect(202).json().path("id").asText();
    awaitSome(admin, id);

    long killed = system.pid(victim);
    system.kill(victim);

    Awaitility.await("up says that it restarts " + victim)
        .atMost(Duration.ofSeconds(30))
        .until(() -> system.said().contains(victim));
    Awaitility.await("all is ready again")
        .atMost(Duration.ofSeconds(60))
        .until(() -> system.isReady() && system.pid(victim) != killed);
    JsonNode job = admin.awaitEnd(id);
    assertThat(job.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(job.path("rows").path("succeeded").asLong()).isEqualTo(ROWS);
    assertThat(job.path("rows").path("failed").asLong()).isZero();
    assertThat(accounts(tenant)).isEqualTo(ROWS);
  }

  /** Two of them at once are separated by a comma. */
  @ParameterizedTest
  @ValueSource(strings = {"user-service", "license-service", "user-service,license-service"})
  void everyRowOfAnEnableIsDoneByBothServicesOrByNeither(String victims) throws SQLException {
    String tenant = "enable-" + victims.replace(',', '-');
    Gateway admin = system.as(tenant, "tenant-admin");
    String domain = tenant + ".com";
    JsonNode added = admin.run("operation=add", generated("add", domain));
    assertThat(added.path("rows").path("succeeded").asLong()).isEqualTo(ENABLED);
    admin.seats("E3", SEATS);
    String id =
        admin
            .upload("operation=enable&license=E3", generated("enable", domain))
            .expect(202)
            .json()
            .path("id")
            .asText();
    awaitSome(admin, id);

    for (String victim : victims.split(",")) {
      system.kill(victim);
    }

    JsonNode job = admin.awaitEnd(id);
    assertThat(job.path("rows").path("succeeded").asLong()).isEqualTo(SEATS);
    assertThat(job.path("failures")).hasSize(1);
    assertThat(job.path("failures").get(0).path("code").asText()).isEqualTo("NO_SEATS_LEFT");
    assertThat(
            system.strings(
                "user-service",
                """
                SELECT state || ' ' || credential || ' ' || count(*) FROM account
                WHERE tenant_id = '%s' GROUP BY state, credential ORDER BY 1
                """
                    .formatted(tenant)))
        .containsExactly("ACTIVE GENERATED " + SEATS, "DISABLED NONE " + (ENABLED - SEATS));
    assertThat(
            system.strings(
                "user-service",
                "SELECT count(*) FROM credential WHERE superseded_at IS NULL AND tenant_id = '"
                    + tenant
                    + "'"))
        .containsExactly(Long.toString(SEATS));
    assertThat(
            system.strings(
                "license-service",
                """
                SELECT s.assigned_seats || ' ' || count(a.sku) FROM subscription s
                LEFT JOIN license_assignment a ON a.tenant_id = s.tenant_id AND a.sku = s.sku
                WHERE s.tenant_id = '%s' GROUP BY s.assigned_seats
                """
                    .formatted(tenant)))
        .containsExactly(SEATS + " " + SEATS);
  }

  private static String generated(String operation, String domain) {
    return CommandLine.run(
            "generate",
            "--operation",
            operation,
            "--rows",
            Integer.toString(ENABLED),
            "--domain",
            domain)
        .expectExit(0)
        .out();
  }

  private static void awaitSome(Gateway admin, String id) {
    Awaitility.await("some rows are done, not all")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> admin.get("/v1/jobs/" + id).json().path("rows").path("succeeded").asLong() > 500);
  }

  private long accounts(String tenant) throws SQLException {
    try (Connection connection = system.auditor("user-service");
        PreparedStatement statement =
            connection.prepareStatement("SELECT count(*) FROM account WHERE tenant_id = ?")) {
      statement.setString(1, tenant);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
