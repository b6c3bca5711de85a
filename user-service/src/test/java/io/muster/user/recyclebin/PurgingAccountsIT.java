package io.muster.user.recyclebin;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.user.UserServicePlatform;
import io.muster.user.password.PasswordTables;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class PurgingAccountsIT {
  @Inject PurgingAccounts purging;

  private final PasswordTables tables = new PasswordTables();

  @Test
  void whatHasLainInTheBinForLongEnoughIsGoneForGood() throws Exception {
    tables.account("old@x.com").inState("REMOVED").with("SET", "old").isThere();
    tables.account("fresh@x.com").inState("REMOVED").with("SET", "fresh").isThere();
    tables.account("active@x.com").with("SET", "active").isThere();
    purgeAt("old@x.com", "now() - interval '1 second'");
    purgeAt("fresh@x.com", "now() + interval '1 hour'");
    // Never in the bin, so this says nothing.
    purgeAt("active@x.com", "now() - interval '1 day'");
    tables.tamper(
        """
        INSERT INTO account_search (tenant_id, account_id, upn_key, state, words)
        SELECT tenant_id, id, upn_key, state, upn_key FROM account WHERE tenant_id = ?
        """);

    purging.sweep();

    assertThat(tables.read("SELECT upn_key FROM account WHERE tenant_id = ? ORDER BY 1"))
        .containsExactly("active@x.com", "fresh@x.com");
    assertThat(tables.read("SELECT hash FROM credential WHERE tenant_id = ? ORDER BY 1"))
        .containsExactly("active", "fresh");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                tables
                    .read("SELECT upn_key FROM account_search WHERE tenant_id = ? ORDER BY 1")
                    .equals(List.of("active@x.com", "fresh@x.com")));
    assertThat(
            tables.read(
                """
                SELECT concat_ws(' ', operation, upn_key, actor, before ->> 'state', after)
                FROM change WHERE tenant_id = ?
                """))
        .containsExactly("REMOVE old@x.com muster REMOVED");
  }

  @Test
  void manyArePurgedByManyAtOnceAndEachOnce() throws Exception {
    tables.tamper(
        """
        INSERT INTO account (tenant_id, id, user_principal_name, upn_key, state, purge_at,
            state_submission, state_row, credential_submission, credential_row,
            properties_submission, properties_row, created_at, updated_at)
        SELECT t.id, uuidv7(), 'u' || i, 'u' || i, 'REMOVED', now() - interval '1 day',
               1, 1, 1, 1, 1, 1, now(), now()
        FROM (SELECT ? AS id) AS t, generate_series(1, 5500) AS i
        """);
    ExecutorService instances = Executors.newFixedThreadPool(4);
    List<CompletableFuture<Void>> sweeps = new ArrayList<>();

    for (int i = 0; i < 4; i++) {
      sweeps.add(CompletableFuture.runAsync(purging::sweep, instances));
    }
    sweeps.forEach(CompletableFuture::join);
    instances.shutdown();

    assertThat(tables.read("SELECT count(*) FROM account WHERE tenant_id = ?"))
        .containsExactly("0");
    assertThat(
            tables.read(
                "SELECT count(*) || ' ' || count(DISTINCT account_id) FROM change"
                    + " WHERE tenant_id = ?"))
        .containsExactly("5500 5500");
  }

  private void purgeAt(String upn, String when) throws Exception {
    tables.tamper(
        "UPDATE account SET removed_at = now() - interval '30 days', purge_at = "
            + when
            + " WHERE tenant_id = ? AND upn_key = ?",
        upn);
  }
}
