package io.muster.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.muster.gateway.track.job.RememberingJobs;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database itself keeps tenants apart, whatever a statement forgets. */
@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class RowLevelSecurityIT {
  private static final List<String> TABLES =
      List.of("job_view", "job_progress", "row_failure", "failure_count", "dead_letter");

  @Inject RememberingJobs remembering;

  @BeforeEach
  void twoTenantsWithAJobEach() throws SQLException {
    remembering.remember(
        List.of(
            Jobs.queued(Jobs.newId(), "apart-a", "ada", 1),
            Jobs.queued(Jobs.newId(), "apart-b", "bob", 1)));
  }

  @Test
  void theApplicationSeesNothingWithoutATenantAndOnlyItsOwnWithOne() throws SQLException {
    try (Connection connection = as("gateway_app")) {
      for (String table : TABLES) {
        assertThat(strings(connection, "SELECT tenant_id FROM " + table)).as(table).isEmpty();
      }
      connection.setAutoCommit(false);
      strings(connection, "SELECT set_config('muster.tenants', 'apart-a', true)");
      assertThat(strings(connection, "SELECT DISTINCT tenant_id FROM job_view"))
          .containsExactly("apart-a");
      assertThatThrownBy(
              () ->
                  strings(
                      connection,
                      """
                      INSERT INTO job_view (tenant_id, job_id)
                      VALUES ('apart-b', gen_random_uuid()) RETURNING tenant_id\
                      """))
          .hasMessageContaining("row-level security");
    }
  }

  /** Where a Job migrates, the service compares the schema's version with its own at the start. */
  @Test
  void theApplicationSeesWhatWasMigratedAndCannotChangeIt() throws SQLException {
    try (Connection connection = as("gateway_app")) {
      assertThat(strings(connection, "SELECT version FROM flyway_schema_history")).contains("1");
      assertThatThrownBy(
              () -> strings(connection, "DELETE FROM flyway_schema_history RETURNING version"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void theFinderSeesAllTenantsButNobodysNameAndChangesNothing() throws SQLException {
    try (Connection connection = as("gateway_finder")) {
      assertThat(strings(connection, "SELECT DISTINCT tenant_id FROM job_view"))
          .contains("apart-a", "apart-b");
      for (String forbidden :
          List.of(
              "SELECT submitted_by FROM job_view",
              "SELECT file_name FROM job_view",
              "SELECT detail FROM row_failure",
              "UPDATE job_view SET unreported = false RETURNING tenant_id",
              "DELETE FROM row_failure RETURNING tenant_id")) {
        assertThatThrownBy(() -> strings(connection, forbidden))
            .as(forbidden)
            .hasMessageContaining("permission denied");
      }
      assertThat(strings(connection, "SELECT snapshot::text FROM job_view"))
          .noneMatch(
              snapshot -> snapshot.contains("hires.csv") || snapshot.contains("submittedBy"));
    }
  }

  @Test
  void everyTableForcesIt() throws SQLException {
    try (Connection connection = TestPlatform.shared().superuser("gateway")) {
      assertThat(
              strings(
                  connection,
                  """
                  SELECT relname FROM pg_class
                   WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                     AND relname <> 'flyway_schema_history'
                     AND NOT (relrowsecurity AND relforcerowsecurity)\
                  """))
          .isEmpty();
      assertThat(strings(connection, "SELECT relname FROM pg_class WHERE relrowsecurity"))
          .containsAll(TABLES);
    }
  }

  private static Connection as(String role) throws SQLException {
    return TestPlatform.shared().as(role, "gateway");
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}
