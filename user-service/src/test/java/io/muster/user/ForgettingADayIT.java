package io.muster.user;

import static io.muster.contracts.command.Operation.ADD;
import static io.muster.contracts.command.Operation.ENABLE;
import static io.muster.contracts.command.Operation.SET;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.inbox.closing.ForgettingDays;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs of a day that is older than all that topics and people keep, and what refers to them. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class ForgettingADayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String ADA = "ada@x.com";
  private static final String BOB = "bob@x.com";

  @Inject ForgettingDays forgetting;

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final String tenant = Jobs.aTenant();
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
  void aDayOfClosedJobsGoesAndWhatRefersToItGoesOnWithoutIt() throws SQLException {
    LocalDate day = today.minusDays(60);
    Jobs old = Jobs.aJobMadeOn(day, tenant);
    UserCommand add = old.a(ADD, 1, ADA).with("city", "Rom").command();
    UserCommand set = old.a(SET, 3, BOB).with("city", "Ulm").command();
    does(old, List.of(add, old.a(ADD, 2, BOB).command(), set));
    does(old, List.of(old.a(ENABLE, 4, BOB).command()));
    Jobs since = Jobs.aJobOf(tenant);
    UserCommand enable = since.a(ENABLE, 1, ADA).command();
    UserCommand move = since.a(SET, 2, ADA).with("city", "Bonn").command();
    does(since, List.of(enable));
    does(since, List.of(move));
    assertThat(tablesOf(day)).contains("change_" + digits(day), "change_by_user_" + digits(day));
    awaitFollowedUp();
    bus.closed(tenant, old.id);
    await().atMost(PATIENCE).until(() -> !Tables.strings(CLOSED.formatted(old.id)).isEmpty());

    forgetting.forgetOldDays();

    assertThat(tablesOf(day)).isEmpty();
    assertThat(Tables.strings("SELECT job_id FROM submission WHERE tenant_id = ?", tenant))
        .containsExactly(since.id.toString());
    // The audit tells what is left, and nothing of what isn't.
    assertThat(audit("job=" + old.id).getList("items")).isEmpty();
    assertThat(audit("user=" + ADA).getList("items.operation")).containsExactly("SET", "ENABLE");
    assertThat(audit("user=" + BOB).getList("items")).isEmpty();
    assertThat(audit("").getList("items")).hasSize(2);
    // An old row can't be taken back; a newer one finds in its own image what it found.
    RowResult ofOld = takenBack(set);
    assertThat(ofOld.code()).isEqualTo(RowCode.NOT_UNDOABLE);
    assertThat(ofOld.detail()).contains("no longer kept");
    assertThat(takenBack(move).outcome()).isEqualTo(PartOutcome.APPLIED);
    assertThat(takenBack(enable).outcome()).isEqualTo(PartOutcome.APPLIED);
    assertThat(
            Tables.strings(
                """
                SELECT concat_ws(' ', a.upn_key, a.state, a.city, a.credential, c.kind)
                FROM account a LEFT JOIN credential c ON c.id = a.credential_id
                WHERE a.tenant_id = ? ORDER BY 1
                """,
                tenant))
        .containsExactly("ada@x.com DISABLED Rom NONE", "bob@x.com ACTIVE Ulm GENERATED GENERATED");
  }

  @Test
  void aDayStaysWithAllItsChangesWhileOneOfItsJobsIsOpen() throws SQLException {
    LocalDate day = today.minusDays(70);
    Jobs closed = Jobs.aJobMadeOn(day, tenant);
    Jobs open = Jobs.aJobMadeOn(day, tenant);
    does(closed, List.of(closed.a(ADD, 1, ADA).command()));
    UserCommand set = open.a(SET, 1, ADA).with("city", "Ulm").command();
    does(open, List.of(set));
    bus.closed(tenant, closed.id);
    await().atMost(PATIENCE).until(() -> !Tables.strings(CLOSED.formatted(closed.id)).isEmpty());

    forgetting.forgetOldDays();

    assertThat(tablesOf(day)).contains("command_inbox_" + digits(day), "change_" + digits(day));
    assertThat(audit("job=" + closed.id).getList("items")).hasSize(1);
    assertThat(Tables.count("submission", tenant)).isEqualTo(2);
    assertThat(takenBack(set).outcome()).isEqualTo(PartOutcome.APPLIED);
  }

  private static final String CLOSED = "SELECT job_id FROM closed_job WHERE job_id = '%s'";

  private void does(Jobs job, List<UserCommand> commands) {
    bus.send(commands);
    assertThat(bus.results(job.id, commands.size()))
        .hasSize(commands.size())
        .allMatch(result -> result.outcome() == PartOutcome.APPLIED);
  }

  private RowResult takenBack(UserCommand row) {
    Jobs undo = Jobs.aJobOf(tenant);
    bus.send(
        List.of(undo.a(row.operation(), 1, row.userPrincipalName()).takingBack(row).command()));
    return bus.results(undo.id, 1).get(0);
  }

  private JsonPath audit(String query) {
    return given()
        .auth()
        .oauth2(TestPlatform.shared().token(tenant, "someone", Set.of("tenant-admin"), Set.of()))
        .get(query.isEmpty() ? "/v1/audit" : "/v1/audit?" + query)
        .jsonPath();
  }

  private void awaitFollowedUp() {
    await().atMost(PATIENCE).until(() -> Tables.count("follow_up", tenant) == 0);
  }

  private static List<String> tablesOf(LocalDate day) throws SQLException {
    return Tables.strings(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE '%\\_' || ?",
        digits(day));
  }

  private static String digits(LocalDate day) {
    return day.toString().replace("-", "");
  }
}
