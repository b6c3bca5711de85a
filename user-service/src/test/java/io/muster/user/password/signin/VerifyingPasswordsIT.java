package io.muster.user.password.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.localstack.testing.TestPlatform;
import io.muster.sealing.Secret;
import io.muster.user.UserServicePlatform;
import io.muster.user.password.GeneratedPasswords;
import io.muster.user.password.GeneratedPasswords.Generated;
import io.muster.user.password.PasswordHashing;
import io.muster.user.password.PasswordTables;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class VerifyingPasswordsIT {
  private static final String ADA = "Ada@contoso.com";
  private static final String RIGHT = "zv8Qm2xR7pLw";
  private static final String WRONG = "zv8Qm2xR7pLx";

  @Inject PasswordHashing hashing;
  @Inject GeneratedPasswords generatedPasswords;
  @Inject Rehashing rehashing;
  @Inject TenantScope tenants;
  @Inject DataSource dataSource;

  private final PasswordTables tables = new PasswordTables();

  @Test
  void aRightPasswordIsValidAndAWrongOneIsNot() throws Exception {
    tables.account(ADA).with("SET", hash()).thatMustChange().isThere();

    assertAnswer(verify(ADA, RIGHT), true, true);
    assertAnswer(verify("ada@CONTOSO.com", RIGHT), true, true);
    assertAnswer(verify(ADA, WRONG), false, false);
    assertAnswer(verify(ADA, ""), false, false);
  }

  @Test
  void aGeneratedPasswordIsValidUntilItExpires() throws Exception {
    Generated good = generatedPasswords.make();
    tables.account(ADA).with("GENERATED", good.hash()).thatExpires("tomorrow").isThere();
    tables
        .account("bob@contoso.com")
        .with("GENERATED", good.hash())
        .thatExpires("yesterday")
        .isThere();

    assertAnswer(verify(ADA, good.clear().reveal()), true, false);
    assertAnswer(verify(ADA, WRONG), false, false);
    assertAnswer(verify("bob@contoso.com", good.clear().reveal()), false, false);
  }

  @Test
  void disabledAccountsCanBeVerifiedAndRemovedOnesAreUnknown() throws Exception {
    tables.account(ADA).inState("DISABLED").with("SET", hash()).isThere();
    tables.account("bob@contoso.com").inState("REMOVED").with("SET", hash()).isThere();

    assertAnswer(verify(ADA, RIGHT), true, false);
    assertAnswer(verify("bob@contoso.com", RIGHT), false, false);
  }

  @Test
  void everyPathTakesOneArgon2Verification() throws Exception {
    Generated generated = generatedPasswords.make();
    tables.account("set@contoso.com").with("SET", hash()).isThere();
    tables.account("generated@contoso.com").with("GENERATED", generated.hash()).isThere();
    tables
        .account("expired@contoso.com")
        .with("GENERATED", generated.hash())
        .thatExpires("yesterday")
        .isThere();
    tables.account("none@contoso.com").isThere();
    tables.account("removed@contoso.com").inState("REMOVED").with("SET", hash()).isThere();
    tables.account("shop@contoso.com").inUnit("south").with("SET", hash()).isThere();
    tables.account("boss@contoso.com").inUnit("south").thatIsProtected().isThere();
    Map<String, String> right =
        Map.of(
            "generated@contoso.com", generated.clear().reveal(),
            "expired@contoso.com", generated.clear().reveal());

    for (String user :
        List.of("set", "generated", "expired", "none", "removed", "nobody", "shop", "boss")) {
      String upn = user + "@contoso.com";
      for (String password : List.of(right.getOrDefault(upn, RIGHT), WRONG)) {
        assertOneVerification(upn, () -> verify(upn, password));
        assertOneVerification(
            upn + " as password-admin", () -> verifyAs("password-admin", upn, password, "south"));
      }
    }
    assertOneVerification("no name at all", () -> verify("x".repeat(3_000) + "\0", RIGHT));
  }

  @Test
  void aPasswordAdminVerifiesInTheirUnitsOnly() throws Exception {
    tables.account(ADA).inUnit("south").with("SET", hash()).isThere();
    tables.account("bob@contoso.com").inUnit("north").with("SET", hash()).isThere();
    tables.account("cy@contoso.com").with("SET", hash()).isThere();
    tables.account("boss@contoso.com").inUnit("south").thatIsProtected().isThere();

    assertAnswer(verifyAs("password-admin", ADA, RIGHT, "south", "west"), true, false);
    List<Response> hidden = new ArrayList<>();
    for (String upn : List.of("bob@contoso.com", "cy@contoso.com", "nobody@contoso.com")) {
      hidden.add(verifyAs("password-admin", upn, RIGHT, "south"));
    }
    Response boss = verifyAs("password-admin", "boss@contoso.com", RIGHT, "south");

    assertThat(hidden).allMatch(answer -> answer.statusCode() == 404);
    assertThat(hidden.stream().map(Response::asString).distinct()).hasSize(1);
    assertThat(boss.statusCode()).isEqualTo(403);
    assertThat(boss.jsonPath().getString("code")).isEqualTo("PROTECTED_ACCOUNT");
    assertThat(tables.read("SELECT upn_key FROM sign_in_pace WHERE tenant_id = ?"))
        .as("nobody slows down those whom they may not see")
        .isEmpty();
  }

  @Test
  void otherRolesAndStrangersAreTurnedAway() {
    for (String role : List.of("reader", "operator", "hr-feed", "nonsense")) {
      assertThat(verifyAs(role, ADA, RIGHT).statusCode()).as(role).isEqualTo(403);
    }
    assertThat(given().body("{}").post("/v1/users/a/password/verify").statusCode()).isEqualTo(401);
  }

  @Test
  void anotherTenantsUserIsUnknown() throws Exception {
    PasswordTables elsewhere = new PasswordTables();
    elsewhere.account(ADA).with("SET", hash()).isThere();

    assertAnswer(verify(ADA, RIGHT), false, false);
  }

  @Test
  void everyCheckIsAudited() throws Exception {
    tables.account(ADA).inUnit("south").with("SET", hash()).isThere();
    verify(ADA, WRONG);
    verify(ADA, RIGHT);
    verify("nobody@contoso.com", RIGHT);
    verifyAs("password-admin", ADA, RIGHT, "north");

    assertThat(
            tables.read(
                """
                SELECT concat_ws(' ', actor, upn_key, account_id IS NOT NULL, valid, code)
                FROM password_check WHERE tenant_id = ? ORDER BY id
                """))
        .containsExactly(
            "someone ada@contoso.com t f",
            "someone ada@contoso.com t t",
            "someone nobody@contoso.com f f",
            "someone ada@contoso.com f f USER_NOT_FOUND");
  }

  @Test
  void failuresSlowDownAndARightOneResets() throws Exception {
    tables.account(ADA).with("SET", hash()).isThere();
    for (int i = 0; i < 3; i++) {
      assertAnswer(verify(ADA, WRONG), false, false);
    }
    assertThat(tables.read("SELECT attempts FROM sign_in_pace WHERE tenant_id = ?"))
        .containsExactly("3");

    assertAnswer(verify(ADA, RIGHT), true, false);

    assertThat(tables.read("SELECT attempts FROM sign_in_pace WHERE tenant_id = ?")).isEmpty();
  }

  @Test
  void whoWouldWaitForTooLongIsToldWhenToComeBack() throws Exception {
    tables.tamper(
        "INSERT INTO sign_in_pace VALUES (?, 'nobody@contoso.com', 8, now() + interval '9 s')");
    long before = hashing.verifications();

    Response refused = verify("nobody@contoso.com", RIGHT);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.jsonPath().getString("code")).isEqualTo("TOO_MANY_REQUESTS");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(4, 7);
    assertThat(hashing.verifications()).isEqualTo(before);
  }

  /** More wait than there are threads; somebody else's check comes past them. */
  @Test
  void aWaitHoldsNoThread() throws Exception {
    tables.account(ADA).with("SET", hash()).isThere();
    ExecutorService clients = Executors.newFixedThreadPool(8);
    List<CompletableFuture<Response>> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String name = "slow" + i;
      tables.tamper("INSERT INTO sign_in_pace VALUES (?, ?, 3, now() + interval '5 s')", name);
      waiting.add(CompletableFuture.supplyAsync(() -> verify(name, RIGHT), clients));
    }
    org.awaitility.Awaitility.await()
        .until(
            () ->
                tables
                        .read("SELECT 1 FROM sign_in_pace WHERE tenant_id = ? AND attempts = 4")
                        .size()
                    == 8);

    assertAnswer(verify(ADA, RIGHT), true, false);

    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    for (CompletableFuture<Response> answer : waiting) {
      assertAnswer(answer.join(), false, false);
    }
    clients.shutdown();
  }

  @Test
  void aWeakHashIsMadeStrongerByARightPasswordOnly() throws Exception {
    String weak =
        de.mkammerer.argon2.Argon2Factory.createAdvanced(
                de.mkammerer.argon2.Argon2Factory.Argon2Types.ARGON2id, 16, 32)
            .hash(1, 8 * 1024, 1, RIGHT.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    tables.account(ADA).with("SET", weak).isThere();

    assertAnswer(verify(ADA, WRONG), false, false);
    assertThat(tables.read("SELECT hash FROM credential WHERE tenant_id = ?"))
        .containsExactly(weak);
    assertAnswer(verify(ADA, RIGHT), true, false);

    String kept = tables.read("SELECT hash FROM credential WHERE tenant_id = ?").get(0);
    assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(hashing.verify(kept, Secret.of(RIGHT))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2b$10$abcdefghijklmnopqrstuu28x9JLQRT1wn82bhBPj1ZNGOe9otXlG",
        "$pbkdf2-sha256$i=600000$c2FsdHNhbHRzYWx0c2FsdA$tkazjiShpkcPiDwVcvYMXxtH7VjRtVfPE4GJcPke3jc",
      })
  void aHashOfAnotherSystemBecomesOurOwnAtTheFirstSignIn(String imported) throws Exception {
    tables.account(ADA).with("SET", imported).thatMustChange().isThere();

    assertOneVerification("wrong", () -> assertAnswer(verify(ADA, WRONG), false, false));
    assertThat(tables.read("SELECT hash FROM credential WHERE tenant_id = ?"))
        .containsExactly(imported);
    assertOneVerification("right", () -> assertAnswer(verify(ADA, RIGHT), true, true));

    assertThat(tables.read("SELECT hash FROM credential WHERE tenant_id = ?").get(0))
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertAnswer(verify(ADA, RIGHT), true, true);
    assertAnswer(verify(ADA, WRONG), false, false);
    assertThat(tables.read("SELECT must_change_password FROM account WHERE tenant_id = ?"))
        .containsExactly("t");
  }

  @Test
  void aCredentialThatWasReplacedMeanwhileIsNotHashedAnew() throws Exception {
    String imported = "$2b$10$abcdefghijklmnopqrstuu28x9JLQRT1wn82bhBPj1ZNGOe9otXlG";
    UUID id = tables.account(ADA).with("SET", imported).isThere();
    KnownCredential asItWas =
        new KnownCredential(
            UUID.randomUUID(), ADA, null, false, "SET", false, id, "another hash", null);

    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              tenants.enter(tables.tenant);
              try (Connection connection = dataSource.getConnection()) {
                rehashing.keep(connection, tables.tenant, asItWas, "a better hash");
              } catch (SQLException e) {
                throw new AssertionError(e);
              }
            });

    assertThat(tables.read("SELECT hash FROM credential WHERE tenant_id = ?"))
        .containsExactly(imported);
  }

  /** What stands between a wrong password and an unknown user is hidden in half a second. */
  @Test
  void whatIsNotValidIsToldAtWholeStepsOfTime() throws Exception {
    tables.account(ADA).with("SET", hash()).isThere();
    for (String upn : List.of(ADA, "nobody@contoso.com")) {
      long start = System.nanoTime();
      assertAnswer(verify(upn, WRONG), false, false);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(500));
    }
  }

  @Test
  void whatIsNoBodyIsRefusedAndQuotedNowhere() {
    List<LogRecord> logged = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            synchronized (logged) {
              logged.add(message);
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    List<Logger> loggers =
        List.of("io.quarkus", "org.jboss.resteasy", "com.fasterxml", "io.muster", "io.vertx")
            .stream()
            .map(Logger::getLogger)
            .toList();
    loggers.forEach(
        logger -> {
          logger.setLevel(Level.ALL);
          logger.setUseParentHandlers(false);
          logger.addHandler(handler);
        });
    try {
      for (String body :
          List.of(
              "",
              "marker-7",
              "\"marker-7\"",
              "{\"password\":7,\"marker-7\":1}",
              "{\"password\":\"marker-7\"",
              "{\"password\":\"marker-7\\x\"}",
              "{\"password\":\"marker-7\"} marker-7")) {
        Response refused = post("tenant-admin", ADA, body);
        assertThat(refused.statusCode()).as(body).isEqualTo(400);
        assertThat(refused.jsonPath().getString("code")).isEqualTo("INVALID_REQUEST");
        assertThat(refused.asString()).doesNotContain("marker-7");
      }
    } finally {
      loggers.forEach(
          logger -> {
            logger.removeHandler(handler);
            logger.setLevel(null);
            logger.setUseParentHandlers(true);
          });
    }
    assertThat(logged)
        .isNotEmpty()
        .noneMatch(
            message ->
                String.valueOf(message.getMessage()).contains("marker-7")
                    || String.valueOf(message.getThrown()).contains("marker-7")
                    || (message.getParameters() != null
                        && java.util.Arrays.deepToString(message.getParameters())
                            .contains("marker-7")));
  }

  private void assertOneVerification(String path, Runnable call) {
    try {
      tables.tamper("DELETE FROM sign_in_pace WHERE tenant_id = ?");
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
    long before = hashing.verifications();
    call.run();
    assertThat(hashing.verifications() - before).as(path).isEqualTo(1);
  }

  private static void assertAnswer(Response answer, boolean valid, boolean mustChange) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(answer.jsonPath().<String, Object>getMap(""))
        .containsOnly(Map.entry("valid", valid), Map.entry("mustChange", mustChange));
  }

  private String hash() {
    return hashing.hashHere(Secret.of(RIGHT));
  }

  private Response verify(String upn, String password) {
    return verifyAs("tenant-admin", upn, password);
  }

  private Response verifyAs(String role, String upn, String password, String... units) {
    return post(role, upn, "{\"password\":\"" + password + "\"}", units);
  }

  private Response post(String role, String upn, String body, String... units) {
    String token =
        TestPlatform.shared().token(tables.tenant, "someone", Set.of(role), Set.of(units));
    return given().auth().oauth2(token).body(body).post("/v1/users/{upn}/password/verify", upn);
  }
}
