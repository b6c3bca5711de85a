package io.muster.user;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.localstack.testing.TestPlatform;
import io.muster.sealing.Secret;
import io.muster.sealing.password.PasswordSealer;
import io.muster.user.password.PasswordHashing;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Given passwords: each is hashed once, whatever happens between its hash and its commit. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class HashingByTopicIT {
  /** More than are hashed in one go on any machine that builds this. */
  private static final int ROWS = 150;

  @ConfigProperty(name = "muster.passwords.public-keys")
  Path publicKeys;

  @Inject PasswordHashing hashing;

  private final TestPlatform platform = TestPlatform.shared();
  private final String tenant = Jobs.aTenant();
  private final Jobs setUp = Jobs.aJobOf(tenant);
  private Bus bus;
  private PasswordSealer sealer;

  @BeforeEach
  void connect() throws IOException {
    bus = new Bus();
    sealer = PasswordSealer.open(publicKeys, tenant, Clock.systemUTC());
  }

  @AfterEach
  void disconnect() {
    bus.close();
  }

  @Test
  void aRepeatIsAnsweredWithoutAHash() throws SQLException {
    addAccounts();
    Jobs job = Jobs.aJobOf(tenant);
    List<UserCommand> rows = enabling(job, 1, 30);
    bus.send(rows);
    assertThat(bus.results(job.id, 30)).hasSize(30);
    long before = hashed();

    bus.send(rows);

    assertThat(bus.results(job.id, 30))
        .hasSize(30)
        .extracting(RowResult::outcome)
        .containsOnly(PartOutcome.APPLIED);
    assertThat(hashed()).isEqualTo(before);
  }

  @Test
  void aUsersPasswordsAreSetInTheOrderOfTheirRowsAcrossManyBatches() throws SQLException {
    addAccounts();
    Jobs job = Jobs.aJobOf(tenant);
    List<UserCommand> rows = new ArrayList<>();
    for (long row = 1; row <= ROWS; row++) {
      rows.add(
          job.a(Operation.SET_PASSWORD, row, upn(1 + row % 3))
              .password(sealed(upn(1 + row % 3), "Vorn-Lapi-92-Xk" + row))
              .userPartOnly()
              .command());
    }

    bus.send(rows);

    Map<Long, RowResult> answers = bus.answers(job.id, ROWS);
    assertThat(answers.values())
        .extracting(RowResult::outcome)
        .containsOnly(PartOutcome.APPLIED)
        .hasSize(ROWS);
    for (long user = 1; user <= 3; user++) {
      long last = ROWS - (ROWS - (user - 1)) % 3;
      assertThat(hashing.verify(hashOf(upn(user)), Secret.of("Vorn-Lapi-92-Xk" + last)))
          .as("row %d was the last for user %d", last, user)
          .isTrue();
    }
  }

  @Test
  void aPasswordThatCanNotBeOpenedFailsItsOwnRowAlone() throws SQLException {
    addAccounts();
    Jobs job = Jobs.aJobOf(tenant);
    List<UserCommand> rows = new ArrayList<>(enabling(job, 1, 40));
    rows.set(16, job.enable(17, upn(17), sealed(upn(18), "Vorn-Lapi-92-Xk4")));
    rows.set(22, job.enable(23, upn(23), "no sealed password at all"));

    bus.send(rows);

    Map<Long, RowResult> answers = bus.answers(job.id, 40);
    assertThat(answers.get(17L).code()).isEqualTo(RowCode.INVALID_VALUE);
    assertThat(answers.get(23L).code()).isEqualTo(RowCode.INVALID_VALUE);
    answers.remove(17L);
    answers.remove(23L);
    assertThat(answers.values())
        .hasSize(38)
        .extracting(RowResult::outcome)
        .containsOnly(PartOutcome.APPLIED);
  }

  @Test
  void aCommitThatFailsIsTriedAgainWithTheSameHashes() throws SQLException {
    addAccounts();
    Jobs job = Jobs.aJobOf(tenant);
    long before = hashed();
    // No batch gets past its position's row: what is hashed waits in its transaction.
    try (Connection superuser = platform.superuser("user-service");
        Statement statement = superuser.createStatement()) {
      superuser.setAutoCommit(false);
      statement.execute("SELECT * FROM consumer_position FOR UPDATE");
      bus.send(enabling(job, 1, 20));
      await().atMost(Duration.ofSeconds(30)).until(() -> hashed() > before);
      await().atMost(Duration.ofSeconds(30)).until(this::waitingTransactionsWereEnded);
      superuser.rollback();
    }

    assertThat(bus.answers(job.id, 20).values())
        .extracting(RowResult::outcome)
        .containsOnly(PartOutcome.APPLIED);
    assertThat(hashed() - before).isEqualTo(20);
    assertThat(Tables.count("credential", tenant)).isEqualTo(20);
  }

  @Test
  void aDatabaseThatDiesWhilePasswordsAreHashedIsWaitedFor() throws SQLException {
    addAccounts();
    Jobs job = Jobs.aJobOf(tenant);
    long before = hashed();
    bus.send(enabling(job, 1, ROWS));
    await().atMost(Duration.ofSeconds(30)).until(() -> hashed() > before);
    platform.killPostgres();
    assertThat(get("/q/health/live").statusCode()).isEqualTo(200);

    platform.startPostgres();

    Map<Long, RowResult> answers = bus.answers(job.id, ROWS);
    assertThat(answers).hasSize(ROWS);
    assertThat(answers.values()).extracting(RowResult::outcome).containsOnly(PartOutcome.APPLIED);
    assertThat(Tables.count("credential", tenant)).isEqualTo(ROWS);
    assertThat(hashed() - before).as("none was lost, none hashed twice").isEqualTo(ROWS);
  }

  /** Whether there were any. */
  private boolean waitingTransactionsWereEnded() throws SQLException {
    try (Connection superuser = platform.superuser("user-service");
        Statement statement = superuser.createStatement();
        ResultSet ended =
            statement.executeQuery(
                """
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE wait_event_type = 'Lock' AND usename = 'user_service_app'
                """)) {
      return ended.next() && ended.getLong(1) > 0;
    }
  }

  private void addAccounts() {
    List<UserCommand> accounts =
        LongStream.rangeClosed(1, ROWS).mapToObj(row -> setUp.add(row, upn(row))).toList();
    bus.send(accounts);
    assertThat(bus.answers(setUp.id, ROWS)).hasSize(ROWS);
  }

  private List<UserCommand> enabling(Jobs job, long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(row -> job.enable(row, upn(row), sealed(upn(row), "Vorn-Lapi-92-Xk" + row)))
        .toList();
  }

  private static String upn(long user) {
    return "user" + user + "@x.com";
  }

  private String sealed(String upn, String password) {
    return sealer.seal(upn, Secret.of(password));
  }

  private String hashOf(String upn) throws SQLException {
    return Tables.strings(
            """
            SELECT c.hash
            FROM account a JOIN credential c ON c.tenant_id = a.tenant_id AND c.id = a.credential_id
            WHERE a.tenant_id = ? AND a.upn_key = ?
            """,
            tenant,
            upn)
        .get(0);
  }

  private static long hashed() {
    return get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("muster_passwords_hashed_total"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
