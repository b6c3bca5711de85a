package io.muster.user.password.change;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localstack.testing.TestPlatform;
import io.muster.sealing.Secret;
import io.muster.user.UserServicePlatform;
import io.muster.user.password.GeneratedPasswords;
import io.muster.user.password.GeneratedPasswords.Generated;
import io.muster.user.password.PasswordHashing;
import io.muster.user.password.PasswordTables;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class ChangingPasswordsIT {
  private static final String ADA = "Ada@contoso.com";
  private static final String CURRENT = "zv8Qm2xR7pLw";
  private static final String NEW = "tango mosaic 93 lamp";

  @Inject PasswordHashing hashing;
  @Inject GeneratedPasswords generatedPasswords;

  private final PasswordTables tables = new PasswordTables();
  private NumbersStandIn numbers;

  @BeforeEach
  void bulkIngestServiceIsThere() throws Exception {
    numbers = new NumbersStandIn();
  }

  @AfterEach
  void away() {
    numbers.close();
  }

  @Test
  void theNewPasswordTakesTheOldOnesPlace() throws Exception {
    UUID old = tables.account(ADA).with("SET", hash(CURRENT)).thatMustChange().isThere();

    Response changed = change(ADA, CURRENT, NEW);

    assertThat(changed.statusCode()).as(changed.asString()).isEqualTo(200);
    assertThat(changed.jsonPath().getBoolean("mustChange")).isFalse();
    String version = tables.read("SELECT credential_id FROM account WHERE tenant_id = ?").get(0);
    assertThat(version).isNotEqualTo(old.toString());
    assertThat(hashOf(version)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(hashing.verify(hashOf(version), Secret.of(NEW))).isTrue();
    assertThat(superseded()).containsExactly(old.toString());
    assertThat(
            tables.read(
                """
                SELECT concat_ws(' ', credential, must_change_password,
                    credential_submission > 1000, credential_row, state_submission)
                FROM account WHERE tenant_id = ?
                """))
        .containsExactly("SET f t 1 1");
  }

  @Test
  void theChangeIsAuditedAndItsStampLeadsToIt() throws Exception {
    UUID old = tables.account(ADA).with("SET", hash(CURRENT)).thatMustChange().isThere();

    change(ADA, CURRENT, NEW);

    assertThat(
            tables.read(
                """
                SELECT concat_ws(' ', c.actor, c.operation, c.upn_key, c.code, c.row_no,
                    c.before ->> 'credentialId', c.before ->> 'mustChangePassword',
                    c.after ->> 'mustChangePassword',
                    c.after ->> 'credentialId' = a.credential_id::text,
                    c.submission = a.credential_submission)
                FROM change c JOIN submission s USING (tenant_id, job_id)
                JOIN account a ON a.tenant_id = c.tenant_id AND a.id = c.account_id
                WHERE c.tenant_id = ? AND s.number = a.credential_submission
                """))
        .containsExactly(
            "ada@contoso.com SET_PASSWORD ada@contoso.com 1 " + old + " true false t t");
    assertThat(tables.read("SELECT before::text || after::text FROM change WHERE tenant_id = ?"))
        .noneMatch(images -> images.contains("argon2"));
  }

  @Test
  void aGeneratedPasswordIsReplacedByAChosenOne() throws Exception {
    Generated made = generatedPasswords.make();
    tables
        .account(ADA)
        .with("GENERATED", made.hash())
        .thatMustChange()
        .thatExpires("tomorrow")
        .isThere();

    assertThat(change(ADA, made.clear().reveal(), NEW).statusCode()).isEqualTo(200);

    assertThat(
            tables.read(
                """
                SELECT concat_ws(' ', kind, expires_at) FROM credential
                WHERE tenant_id = ? AND superseded_at IS NULL
                """))
        .containsExactly("SET");
  }

  @Test
  void withoutTheCurrentOneNothingChanges() throws Exception {
    Generated made = generatedPasswords.make();
    UUID credential = tables.account(ADA).with("SET", hash(CURRENT)).isThere();
    tables
        .account("bob@contoso.com")
        .with("GENERATED", made.hash())
        .thatExpires("yesterday")
        .isThere();
    tables.account("cy@contoso.com").isThere();

    for (Response refused :
        List.of(
            change(ADA, "zv8Qm2xR7pLx", NEW),
            change("bob@contoso.com", made.clear().reveal(), NEW),
            change("cy@contoso.com", CURRENT, NEW),
            change("nobody@contoso.com", CURRENT, NEW))) {
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.jsonPath().getString("code")).isEqualTo("FORBIDDEN");
      assertThat(refused.jsonPath().getString("field")).isEqualTo("current");
    }
    assertUnchanged(credential);
    assertThat(tables.read("SELECT attempts FROM sign_in_pace WHERE tenant_id = ?"))
        .as("at the pace of sign-ins")
        .containsExactly("1", "1", "1", "1");
    assertThat(tables.read("SELECT 1 FROM password_check WHERE tenant_id = ? AND NOT valid"))
        .hasSize(4);
  }

  @Test
  void everyPathTakesOneArgon2Verification() throws Exception {
    tables.account(ADA).with("SET", hash(CURRENT)).isThere();
    for (Runnable call :
        List.<Runnable>of(
            () -> change("nobody@contoso.com", CURRENT, NEW),
            () -> change(ADA, "wrong", NEW),
            () -> change(ADA, CURRENT, "short"),
            () -> change(ADA, CURRENT, NEW))) {
      long before = hashing.verifications();
      call.run();
      assertThat(hashing.verifications() - before).isEqualTo(1);
    }
  }

  @Test
  void aWeakNewOneIsRefused() throws Exception {
    UUID credential = tables.account(ADA).with("SET", hash(CURRENT)).isThere();
    tables.account("chris.green@contoso.com").with("SET", hash(CURRENT)).isThere();

    for (Response refused :
        List.of(
            change(ADA, CURRENT, "zv8Qm2xR"),
            change(ADA, CURRENT, "Welcome123456!"),
            change(ADA, CURRENT, CURRENT),
            change("chris.green@contoso.com", CURRENT, "my-Chris.Green-is-safe"))) {
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.jsonPath().getString("code")).isEqualTo("PASSWORD_TOO_WEAK");
      assertThat(refused.jsonPath().getString("field")).isEqualTo("new");
    }
    assertUnchanged(credential);
  }

  @Test
  void nobodyElseMayChangeItWhateverTheirRole() throws Exception {
    UUID credential = tables.account(ADA).with("SET", hash(CURRENT)).isThere();
    for (String role : List.of("tenant-admin", "password-admin", "nonsense")) {
      Response refused = changeAs("eve@contoso.com", role, ADA, body(CURRENT, NEW));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.jsonPath().getString("field")).isNull();
    }
    assertThat(given().body("{}").post("/v1/users/a/password/change").statusCode()).isEqualTo(401);
    assertUnchanged(credential);
  }

  @Test
  void thePersonsNameIsComparedAsNamesAre() throws Exception {
    tables.account(ADA).with("SET", hash(CURRENT)).isThere();

    assertThat(
            changeAs("ADA@contoso.com", "nonsense", "ada@Contoso.com", body(CURRENT, NEW))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatIsNewerStays() throws Exception {
    UUID credential = tables.account(ADA).with("SET", hash(CURRENT)).isThere();
    tables.tamper("UPDATE account SET credential_submission = 1000000 WHERE tenant_id = ?");

    Response refused = change(ADA, CURRENT, NEW);

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.jsonPath().getString("code")).isEqualTo("SUPERSEDED");
    assertUnchanged(credential);
  }

  @Test
  void ofTwoAtOnceOneWins() throws Exception {
    tables.account(ADA).with("SET", hash(CURRENT)).isThere();
    List<CompletableFuture<Response>> both = new ArrayList<>();
    for (String next : List.of(NEW, NEW + " two")) {
      both.add(CompletableFuture.supplyAsync(() -> change(ADA, CURRENT, next)));
    }

    List<Integer> statuses = both.stream().map(one -> one.join().statusCode()).sorted().toList();

    // The slower one finds either its turn past the change, or its credential replaced.
    assertThat(statuses.get(0)).isEqualTo(200);
    assertThat(statuses.get(1)).isIn(403, 409);
    assertThat(superseded()).hasSize(1);
    assertThat(tables.read("SELECT 1 FROM change WHERE tenant_id = ?")).hasSize(1);
  }

  @Test
  void withoutASubmissionNumberNothingChanges() throws Exception {
    UUID credential = tables.account(ADA).with("SET", hash(CURRENT)).isThere();
    numbers.close();

    Response refused = change(ADA, CURRENT, NEW);

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.jsonPath().getString("code")).isEqualTo("UNAVAILABLE");
    assertUnchanged(credential);
  }

  @Test
  void bothPasswordsAreNeeded() {
    for (String body : List.of("{\"current\":\"x\"}", "{\"new\":\"x\"}", "[]")) {
      assertThat(changeAs(ADA, "reader", ADA, body).statusCode()).as(body).isEqualTo(400);
    }
  }

  private void assertUnchanged(UUID credential) throws Exception {
    assertThat(
            tables.read(
                "SELECT 1 FROM account WHERE tenant_id = ? AND credential_id = ?", credential))
        .hasSize(1);
    assertThat(superseded()).isEmpty();
    assertThat(tables.read("SELECT 1 FROM change WHERE tenant_id = ?")).isEmpty();
  }

  private List<String> superseded() throws Exception {
    return tables.read(
        "SELECT id FROM credential WHERE tenant_id = ? AND superseded_at IS NOT NULL");
  }

  private String hashOf(String version) throws Exception {
    return tables
        .read("SELECT hash FROM credential WHERE tenant_id = ? AND id::text = ?", version)
        .get(0);
  }

  private String hash(String password) {
    return hashing.hashHere(Secret.of(password));
  }

  private Response change(String upn, String current, String next) {
    return changeAs(upn.toLowerCase(java.util.Locale.ROOT), "reader", upn, body(current, next));
  }

  private static String body(String current, String next) {
    return "{\"current\":\"" + current + "\",\"new\":\"" + next + "\"}";
  }

  private Response changeAs(String subject, String role, String upn, String body) {
    return given()
        .auth()
        .oauth2(TestPlatform.shared().token(tables.tenant, subject, Set.of(role), Set.of()))
        .body(body)
        .post("/v1/users/{upn}/password/change", upn);
  }
}
