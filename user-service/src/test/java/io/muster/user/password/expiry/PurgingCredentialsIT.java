package io.muster.user.password.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.user.UserServicePlatform;
import io.muster.user.password.PasswordTables;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class PurgingCredentialsIT {
  @Inject PurgingCredentials purging;

  private final PasswordTables tables = new PasswordTables();

  @Test
  void credentialsGoAWeekAfterAnotherOneTookTheirPlace() throws Exception {
    credential("in-use", "NULL");
    credential("fresh", "now() - interval '6 days 23 hours'");
    credential("old", "now() - interval '7 days 1 minute'");
    UUID pointedAt = tables.account("ada@contoso.com").with("SET", "pointed-at").isThere();
    tables.tamper(
        "UPDATE credential SET superseded_at = now() - interval '8 days'"
            + " WHERE tenant_id = ? AND id = ?",
        pointedAt);

    purging.sweep();

    assertThat(tables.read("SELECT hash FROM credential WHERE tenant_id = ?"))
        .containsExactlyInAnyOrder("in-use", "fresh", "pointed-at");
  }

  @Test
  void aNameThatNobodyTriedForADayIsForgotten() throws Exception {
    tables.tamper("INSERT INTO sign_in_pace VALUES (?, 'old', 9, now() - interval '25 hours')");
    tables.tamper("INSERT INTO sign_in_pace VALUES (?, 'new', 9, now() - interval '23 hours')");

    purging.sweep();

    assertThat(tables.read("SELECT upn_key FROM sign_in_pace WHERE tenant_id = ?"))
        .containsExactly("new");
  }

  @Test
  void whoCheckedAPasswordIsForgottenAfterAYear() throws Exception {
    for (String age : new String[] {"364 days", "366 days"}) {
      tables.tamper(
          "INSERT INTO password_check (tenant_id, id, at, actor, upn_key, valid)"
              + " VALUES (?, uuidv7(), now() - interval '"
              + age
              + "', 'someone', ?, true)",
          age);
    }

    purging.sweep();

    assertThat(tables.read("SELECT upn_key FROM password_check WHERE tenant_id = ?"))
        .containsExactly("364 days");
  }

  private void credential(String hash, String supersededAt) throws Exception {
    tables.tamper(
        """
        INSERT INTO credential (tenant_id, id, account_id, kind, hash, submission, stamp_row,
            created_at, superseded_at)
        VALUES (?, uuidv7(), uuidv7(), 'SET', ?, 1, 1, now(), %s)
        """
            .formatted(supersededAt),
        hash);
  }
}
