package io.muster.user.password.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.localstack.testing.TestPlatform;
import io.muster.user.UserServicePlatform;
import io.muster.user.password.PasswordTables;
import io.muster.user.password.signin.SignInPace.Turn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class SignInPaceIT {
  private static final String ADA = "ada@contoso.com";

  /** Milliseconds after the first turn, when all come at once. */
  private static final List<Long> TURNS = List.of(0L, 0L, 0L, 250L, 750L, 1_750L, 3_750L, 7_750L);

  private final PasswordTables tables = new PasswordTables();
  private final SignInPace pace = new SignInPace();

  @Test
  void threeTurnsAreFreeThenTheyAreSlowerAndSlower() throws Exception {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      turns.add(take(ADA));
    }

    assertTurns(turns.subList(0, 8));
    assertThat(turns.subList(8, 10)).as("15.75 s are too long").noneMatch(Turn::taken);
    assertThat(turns.get(9).in()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(5_750));
    assertThat(tables.read("SELECT attempts FROM sign_in_pace WHERE tenant_id = ?"))
        .as("who is sent away takes no turn")
        .containsExactly("8");
  }

  @Test
  void guessesInParallelQueueUpLikeThoseInARow() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(12);
    List<Future<Turn>> taken = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      taken.add(threads.submit(() -> take(ADA)));
    }

    List<Turn> turns = new ArrayList<>();
    for (Future<Turn> turn : taken) {
      turns.add(turn.get());
    }
    threads.shutdown();

    assertThat(turns.stream().filter(turn -> !turn.taken())).hasSize(4);
    assertTurns(turns.stream().filter(Turn::taken).sorted(Comparator.comparing(Turn::in)).toList());
  }

  @Test
  void aPauseIsNeverLongerThan8Seconds() throws Exception {
    take(ADA);
    tables.tamper("UPDATE sign_in_pace SET attempts = 1000 WHERE tenant_id = ?");

    assertThat(take(ADA).in()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
    assertThat(take(ADA).taken()).isFalse();
  }

  @Test
  void aRightOneResets() throws Exception {
    for (int i = 0; i < 5; i++) {
      take(ADA);
    }

    inTransaction(
        connection -> {
          pace.reset(connection, tables.tenant, ADA);
          return null;
        });

    assertThat(take(ADA)).isEqualTo(new Turn(true, Duration.ZERO));
  }

  @Test
  void aDayResets() throws Exception {
    take(ADA);
    tables.tamper(
        "UPDATE sign_in_pace SET attempts = 9, starts_at = now() - interval '25 hours'"
            + " WHERE tenant_id = ?");

    take(ADA);

    assertThat(tables.read("SELECT attempts FROM sign_in_pace WHERE tenant_id = ?"))
        .containsExactly("1");
  }

  @Test
  void namesDoNotSlowEachOtherDown() throws Exception {
    for (int i = 0; i < 9; i++) {
      take(ADA);
    }

    assertThat(take("bob@contoso.com")).isEqualTo(new Turn(true, Duration.ZERO));
  }

  /** A turn may have come a little nearer since the first one was taken, but not gone. */
  private static void assertTurns(List<Turn> turns) {
    assertThat(turns).allMatch(Turn::taken).hasSameSizeAs(TURNS);
    for (int i = 0; i < turns.size(); i++) {
      assertThat(turns.get(i).in().toMillis())
          .as("turn " + (i + 1))
          .isBetween(Math.max(0, TURNS.get(i) - 2_000), TURNS.get(i) + 1);
      if (i > 3) {
        assertThat(turns.get(i).in()).isGreaterThan(turns.get(i - 1).in());
      }
    }
  }

  private Turn take(String name) throws SQLException {
    return inTransaction(connection -> pace.take(connection, tables.tenant, name));
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    try (Connection connection = TestPlatform.shared().as("user_service_app", "user-service")) {
      connection.setAutoCommit(false);
      TenantScope.enter(connection, List.of(tables.tenant));
      T done = work.on(connection);
      connection.commit();
      return done;
    }
  }
}
