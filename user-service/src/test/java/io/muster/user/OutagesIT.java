package io.muster.user;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowResult;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever dies in the middle, every row ends in one outcome, and is done once. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class OutagesIT {
  private static final int ROWS = 500;

  private final TestPlatform platform = TestPlatform.shared();
  private Bus bus;

  @BeforeEach
  void connect() {
    bus = new Bus();
  }

  @AfterEach
  void disconnect() {
    bus.close();
  }

  @Test
  void aDatabaseThatDiesIsWaitedForAndNothingIsLost() throws SQLException {
    Jobs job = Jobs.aJobOf(Jobs.aTenant());
    bus.send(rows(job, 1, ROWS));
    platform.killPostgres();
    bus.send(rows(job, ROWS + 1, 2 * ROWS));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(get("/q/health/ready").asString()).contains("waitingOut"));
    assertThat(get("/q/health/live").statusCode()).isEqualTo(200);

    platform.startPostgres();

    assertAllAddedOnce(job, 2 * ROWS);
    await().atMost(Duration.ofSeconds(30)).until(() -> get("/q/health/ready").statusCode() == 200);
  }

  @Test
  void aBrokerThatDiesIsWaitedForAndNothingIsLost() throws SQLException {
    Jobs job = Jobs.aJobOf(Jobs.aTenant());
    bus.send(rows(job, 1, ROWS));
    platform.killKafka();
    platform.startKafka();
    bus.send(rows(job, ROWS + 1, 2 * ROWS));

    assertAllAddedOnce(job, 2 * ROWS);
  }

  @Test
  void commitsThatTheDatabaseLostAreDoneAgain() throws SQLException {
    Jobs job = Jobs.aJobOf(Jobs.aTenant());
    bus.send(rows(job, 1, 1));
    bus.answers(job.id, 1);
    Tables.tamper("CREATE TABLE position_before AS SELECT * FROM consumer_position");
    bus.send(rows(job, 2, ROWS));
    bus.answers(job.id, ROWS - 1);

    Tables.tamper(
        """
        BEGIN;
        DELETE FROM account WHERE tenant_id = '%1$s' AND display_name <> 'User 1';
        DELETE FROM change WHERE tenant_id = '%1$s' AND row_no > 1;
        DELETE FROM command_inbox WHERE tenant_id = '%1$s' AND row_no > 1;
        UPDATE consumer_position p SET next_offset = b.next_offset
        FROM position_before b WHERE p.partition = b.partition AND p.topic = b.topic;
        DROP TABLE position_before;
        COMMIT;
        """
            .formatted(job.tenant));
    bus.send(rows(job, ROWS + 1, 2 * ROWS));

    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(Tables.count("account", job.tenant)).isEqualTo(2 * ROWS));
    assertThat(get("/q/metrics").asString())
        .contains("muster_inbox_alarms_total{alarm=\"DATABASE_BEHIND_KAFKA\"");
  }

  private void assertAllAddedOnce(Jobs job, int rows) throws SQLException {
    Map<Long, RowResult> answers = bus.answers(job.id, rows);
    assertThat(answers).hasSize(rows);
    assertThat(answers.values()).extracting(RowResult::outcome).containsOnly(PartOutcome.APPLIED);
    assertThat(Tables.count("account", job.tenant)).isEqualTo(rows);
    assertThat(Tables.count("change", job.tenant)).isEqualTo(rows);
    assertThat(Tables.count("command_inbox", job.tenant)).isEqualTo(rows);
  }

  private static List<UserCommand> rows(Jobs job, long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(row -> job.add(row, "user" + row + "@contoso.com"))
        .toList();
  }
}
