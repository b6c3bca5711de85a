package io.muster.license;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;

@QuarkusTest
@QuarkusTestResource(LicenseServicePlatform.class)
class LicenseServiceIT {
  private final TestPlatform platform = TestPlatform.shared();
  private final SeatsDatabase database = SeatsDatabase.shared();
  @Inject DataSource dataSource;

  @Test
  void commandsOnTheTopicAreAnsweredOnceInArrivalOrder() {
    String tenant = database.aTenantWithSeats(2, "E3");
    Commands job = new Commands(tenant, 1);
    List<LicenseCommand> sent =
        List.of(
            job.take(1, "ada@contoso.com", "E3"),
            job.take(2, "bob@contoso.com", "E3"),
            job.take(3, "cy@contoso.com", "E3"),
            job.take(1, "ada@contoso.com", "E3"));

    List<RowResult> answers = OnTheBus.answers(sent);

    assertThat(answers)
        .extracting(answer -> answer.row() + " " + answer.outcome())
        .containsExactlyInAnyOrder("1 APPLIED", "2 APPLIED", "3 REJECTED", "1 APPLIED");
    RowResult refused =
        answers.stream()
            .filter(answer -> answer.outcome() == PartOutcome.REJECTED)
            .findFirst()
            .orElseThrow();
    assertThat(refused.part()).isEqualTo(Part.LICENSE);
    assertThat(refused.code()).isEqualTo(RowCode.NO_SEATS_LEFT);
    assertThat(refused.detail()).contains("E3");
    assertThat(refused.parts()).containsExactlyInAnyOrder(Part.USER, Part.LICENSE);
    assertThat(database.sums(tenant)).containsEntry("E3", "2");
    assertThat(get("/q/metrics").asString()).contains("muster_inbox_commands_total");
  }

  @Test
  void anUndoOnTheTopicGivesTheSeatsBack() {
    String tenant = database.aTenantWithSeats(1, "E3", "F1");
    LicenseCommand take = new Commands(tenant, 1).take(1, "ada@contoso.com", "E3", "F1");

    List<RowResult> answers = OnTheBus.answers(List.of(take, Commands.undo(take)));

    assertThat(answers)
        .extracting(RowResult::outcome)
        .containsExactly(PartOutcome.APPLIED, PartOutcome.UNDONE);
    assertThat(database.assignments(tenant)).isEmpty();
    assertThat(database.sums(tenant)).isEqualTo(Map.of("E3", "0", "F1", "0"));
  }

  @Test
  void everyBatchIsPlannedForTheTablesOfThisMoment() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet mode = statement.executeQuery("SHOW plan_cache_mode")) {
      mode.next();
      assertThat(mode.getString(1)).isEqualTo("force_custom_plan");
    }
  }

  @Test
  void idsOfABatchGoOutInBinary() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      assertThat(connection.unwrap(BaseConnection.class).binaryTransferSend(Oid.UUID_ARRAY))
          .isTrue();
    }
  }

  @Test
  void itRemembersWhichJobsAreClosed() {
    UUID one = new Commands("contoso", 1).job();
    UUID other = new Commands("contoso", 2).job();

    OnTheBus.closed("contoso", one);
    OnTheBus.closed("contoso", other);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> database.closedJobs().containsAll(List.of(one, other)));
  }

  @Test
  void itIsHealthy() {
    await().atMost(Duration.ofSeconds(20)).until(() -> get("/q/health").statusCode() == 200);
  }

  @Test
  void theDatabaseItselfKeepsMoreSeatsFromBeingAssignedThanBought() throws SQLException {
    try (Connection service = platform.as("license_service_app", "license-service");
        Statement statement = service.createStatement()) {
      service.setAutoCommit(false);
      statement.execute("SELECT set_config('muster.tenants', 'contoso', true)");
      statement.execute(
          "INSERT INTO subscription VALUES ('contoso', 'E3', 'Office', 2, 2, now(), now())");

      assertThatThrownBy(
              () ->
                  statement.execute("UPDATE subscription SET assigned_seats = assigned_seats + 1"))
          .hasMessageContaining("no_more_assigned_than_bought");
      service.rollback();
    }
  }
}
