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
    Awaitility.await("some rows are done, not all")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> admin.get("/v1/jobs/" + id).json().path("rows").path("succeeded").asLong() > 500);

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
