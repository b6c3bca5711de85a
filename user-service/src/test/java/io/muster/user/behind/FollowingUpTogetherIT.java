package io.muster.user.behind;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localstack.testing.TestPlatform;
import io.muster.user.UserServicePlatform;
import io.muster.user.password.PasswordTables;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Threads stand for instances: they share nothing but the database. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class FollowingUpTogetherIT {
  private static final int CHANGES = 60;

  @Inject FollowingUp following;
  @Inject RefreshingSearch refreshing;

  private final PasswordTables tables = new PasswordTables();

  @Test
  void manyInstancesLeaveWhatTheAccountsAreAtLast() throws Exception {
    for (int i = 0; i < 5; i++) {
      tables.account("u" + i + "@x.com").isThere();
    }
    AtomicBoolean changing = new AtomicBoolean(true);
    ExecutorService instances = Executors.newFixedThreadPool(4);
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      running.add(
          CompletableFuture.runAsync(
              () -> {
                while (changing.get()) {
                  following.sweep();
                  refreshing.sweep();
                }
              },
              instances));
    }

    for (int change = 1; change <= CHANGES; change++) {
      change("change " + change);
    }
    changing.set(false);
    running.forEach(CompletableFuture::join);
    instances.shutdown();

    awaitFollowedUp();
    assertThat(tables.read("SELECT words FROM account_search WHERE tenant_id = ? ORDER BY 1"))
        .containsExactly(
            "\nu0@x.com\nchange " + CHANGES + "\n",
            "\nu1@x.com\nchange " + CHANGES + "\n",
            "\nu2@x.com\nchange " + CHANGES + "\n",
            "\nu3@x.com\nchange " + CHANGES + "\n",
            "\nu4@x.com\nchange " + CHANGES + "\n");
  }

  /** Else the first, which read the older state, could write last. */
  @Test
  void whileOneIsAtATenantTheOthersPassItOver() throws Exception {
    tables.account("u@x.com").isThere();
    change("before");
    awaitFollowedUp();
    CompletableFuture<Void> first;
    CompletableFuture<Void> second;
    try (Connection holding = TestPlatform.shared().superuser("user-service");
        PreparedStatement hold =
            holding.prepareStatement(
                "SELECT 1 FROM account_search WHERE tenant_id = ? FOR UPDATE")) {
      holding.setAutoCommit(false);
      hold.setString(1, tables.tenant);
      hold.execute();
      change("first");
      first = CompletableFuture.runAsync(this::sweepBoth);
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::somebodyWaits);
      change("second");

      second = CompletableFuture.runAsync(this::sweepBoth);

      second.get(30, TimeUnit.SECONDS);
      holding.rollback();
    }
    first.join();
    awaitFollowedUp();
    assertThat(tables.read("SELECT words FROM account_search WHERE tenant_id = ?"))
        .containsExactly("\nu@x.com\nsecond\n");
  }

  private void sweepBoth() {
    following.sweep();
    refreshing.sweep();
  }

  private void change(String department) throws Exception {
    tables.tamper(
        """
        WITH changed AS (
            UPDATE account SET department = '%s' WHERE tenant_id = ?
            RETURNING tenant_id, id)
        INSERT INTO follow_up (tenant_id, batch_id, jobs, row_count, accounts)
        SELECT tenant_id, uuidv7(), '{}', 5, array_agg(id) FROM changed GROUP BY tenant_id
        """
            .formatted(department));
  }

  private boolean somebodyWaits() throws Exception {
    try (Connection superuser = TestPlatform.shared().superuser("user-service");
        Statement statement = superuser.createStatement();
        ResultSet waiting =
            statement.executeQuery(
                """
                SELECT 1 FROM pg_stat_activity
                WHERE wait_event_type = 'Lock' AND query LIKE '%UPDATE account_search%'
                """)) {
      return waiting.next();
    }
  }

  private void awaitFollowedUp() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                tables.read("SELECT 1 FROM follow_up WHERE tenant_id = ?").isEmpty()
                    && tables.read("SELECT 1 FROM search_due WHERE tenant_id = ?").isEmpty());
  }
}
