package io.muster.user.password.handout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.chassis.problem.RequestRefused;
import io.muster.localstack.testing.TestPlatform;
import io.muster.sealing.Secret;
import io.muster.user.UserServicePlatform;
import io.muster.user.password.Handout;
import io.muster.user.password.Handouts;
import io.muster.user.password.PasswordTables;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class HandingOutIT {
  private static final String ADA = "ada@contoso.com";

  @Inject Handouts handouts;
  @Inject TenantWork work;
  @Inject CollectingPasswords collecting;
  @Inject ShreddingHandouts shredding;
  @Inject ForgettingHandouts forgetting;

  private final PasswordTables tables = new PasswordTables();
  private final UUID job = UuidCreator.getTimeOrderedEpoch();

  @Test
  void theSubmitterGetsAllOfThemInRowOrder() throws Exception {
    keep(2_300);

    JsonPath all = collect(ADA).then().statusCode(200).extract().jsonPath();

    assertThat(all.getList("items.row", Long.class))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 2_300).boxed().toList());
    assertThat(all.getString("items[2100].userPrincipalName")).isEqualTo("u2101@contoso.com");
    assertThat(all.getString("items[2100].password")).isEqualTo("secret-2101");
    assertThat(all.getBoolean("whole")).isTrue();
    assertThat(job("first_byte_at IS NOT NULL")).isEqualTo("t");
  }

  @Test
  void thatTheyAreGoneIsForgottenLongAfterTheyWereShreddedAndNoSooner() throws Exception {
    keep(1);
    as(tables.tenant, ADA).delete("/v1/jobs/{id}/handout", job).then().statusCode(204);
    aged("emptied_at", "399 days");
    forgetting.sweep();
    assertGone(collect(ADA));

    aged("emptied_at", "401 days");
    forgetting.sweep();

    assertThat(tables.read("SELECT count(*) FROM handout_job WHERE tenant_id = ?"))
        .containsExactly("0");
  }

  @Test
  void theyCanBeCollectedAgainForFifteenMinutes() throws Exception {
    keep(1);
    collect(ADA).then().statusCode(200);
    String first = job("first_byte_at");

    aged("first_byte_at", "14 minutes");
    assertThat(collect(ADA).statusCode()).isEqualTo(200);
    assertThat(job("first_byte_at")).as("the first byte counts").isNotEqualTo(first);
    aged("first_byte_at", "15 minutes");

    assertGone(collect(ADA));
  }

  @Test
  void uncollectedTheyAreKeptForAWeek() throws Exception {
    keep(1);
    aged("made_at", "6 days 23 hours");
    shredding.sweep();
    assertThat(collect(ADA).statusCode()).isEqualTo(200);

    PasswordTables other = new PasswordTables();
    work.in(
        other.tenant,
        connection -> {
          handouts.keep(connection, List.of(handout(other.tenant, 1)));
          return null;
        });
    other.tamper("UPDATE handout_job SET made_at = now() - interval '7 days' WHERE tenant_id = ?");
    assertGone(as(other.tenant, ADA).get("/v1/jobs/{id}/handout", job));
  }

  @Test
  void whatIsOverIsShreddedAndRemembered() throws Exception {
    keep(10);
    shredding.sweep();
    assertThat(left()).isEqualTo("10");
    aged("first_byte_at", "16 minutes");

    shredding.sweep();

    assertThat(left()).isEqualTo("0");
    assertThat(job("shredded_at IS NOT NULL AND emptied_at IS NOT NULL")).isEqualTo("t");
    assertGone(collect(ADA));
  }

  @Test
  void uncollectedForAWeekTheyAreShredded() throws Exception {
    keep(10);
    aged("made_at", "7 days");

    shredding.sweep();

    assertThat(left()).isEqualTo("0");
    assertGone(collect(ADA));
  }

  @Test
  void aShreddingThatWasInterruptedIsFinished() throws Exception {
    keep(10);
    tables.tamper("UPDATE handout_job SET shredded_at = now() WHERE tenant_id = ?");

    shredding.sweep();

    assertThat(left()).isEqualTo("0");
  }

  @Test
  void theSubmitterShredsThemAtOnce() throws Exception {
    keep(10);

    assertThat(as(tables.tenant, ADA).delete("/v1/jobs/{id}/handout", job).statusCode())
        .isEqualTo(204);

    assertThat(left()).isEqualTo("0");
    assertGone(collect(ADA));
    assertThat(as(tables.tenant, ADA).delete("/v1/jobs/{id}/handout", job).statusCode())
        .as("again")
        .isEqualTo(204);
  }

  @Test
  void nobodyElseGetsOrShredsThem() throws Exception {
    keep(3);

    for (Response refused :
        List.of(
            collect("bob@contoso.com"),
            as(tables.tenant, "bob@contoso.com").delete("/v1/jobs/{id}/handout", job),
            as(tables.tenant, "bob@contoso.com").post("/v1/jobs/{id}/handout/take", job))) {
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.jsonPath().getString("code")).isEqualTo("FORBIDDEN");
    }
    assertThat(given().get("/v1/jobs/{id}/handout", job).statusCode()).isEqualTo(401);
    assertThat(job("first_byte_at IS NULL")).isEqualTo("t");
    assertThat(left()).isEqualTo("3");
  }

  @Test
  void whatTheHrFeedMadeIsForTheTenantsAdministrators() throws Exception {
    keep(1);
    tables.tamper("UPDATE handout_job SET submitter = 'hr-feed' WHERE tenant_id = ?");

    for (String delegated : List.of(ADA, "hr-feed")) {
      assertThat(collect(delegated).statusCode()).as(delegated).isEqualTo(403);
    }
    Response collected =
        given()
            .auth()
            .oauth2(
                TestPlatform.shared()
                    .token(tables.tenant, "bob@contoso.com", Set.of("tenant-admin"), Set.of()))
            .get("/v1/jobs/{id}/handout", job);
    assertThat(collected.statusCode()).isEqualTo(200);
    assertThat(collected.asString()).contains("secret-1");
  }

  @Test
  void anotherTenantsJobMadeNone() throws Exception {
    keep(3);
    PasswordTables other = new PasswordTables();

    Response none = as(other.tenant, ADA).get("/v1/jobs/{id}/handout", job);

    assertThat(none.asString()).isEqualTo("{\"items\":[],\"whole\":true}");
    as(other.tenant, ADA).delete("/v1/jobs/{id}/handout", job).then().statusCode(204);
    assertThat(left()).isEqualTo("3");
  }

  /** The tap is closed while the first half is under way. */
  @Test
  void aHalfNeverLooksWhole() throws Exception {
    keep(2_300);
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          private boolean begun;

          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (!begun) {
              begun = true;
              shredding.shred(tables.tenant, job, ADA);
            }
          }
        };

    assertThatThrownBy(() -> collecting.write(tables.tenant, job, ADA, out))
        .isInstanceOf(RequestRefused.class);

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("secret-1\"").doesNotContain("whole");
  }

  @Test
  void aSingleCallsPasswordIsHandedOutOnce() throws Exception {
    keep(1);

    Response taken = as(tables.tenant, ADA).post("/v1/jobs/{id}/handout/take", job);

    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(taken.header("Cache-Control")).isEqualTo("no-store");
    assertThat(taken.jsonPath().getString("password")).isEqualTo("secret-1");
    assertThat(taken.jsonPath().getString("userPrincipalName")).isEqualTo("u1@contoso.com");
    assertThat(left()).isEqualTo("0");
    assertThat(job("emptied_at IS NOT NULL")).isEqualTo("t");
    assertGone(as(tables.tenant, ADA).post("/v1/jobs/{id}/handout/take", job));
  }

  @Test
  void aCallThatMadeNoPasswordHasNoneToTake() {
    Response none = as(tables.tenant, ADA).post("/v1/jobs/{id}/handout/take", job);

    assertThat(none.statusCode()).isEqualTo(404);
  }

  private static void assertGone(Response answer) {
    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(answer.jsonPath().getString("code")).isEqualTo("CREDENTIALS_GONE");
  }

  private Response collect(String subject) {
    return as(tables.tenant, subject).get("/v1/jobs/{id}/handout", job);
  }

  private static RequestSpecification as(String tenant, String subject) {
    return given()
        .auth()
        .oauth2(TestPlatform.shared().token(tenant, subject, Set.of("password-admin"), Set.of()));
  }

  private void keep(int rows) {
    work.in(
        tables.tenant,
        connection -> {
          handouts.keep(
              connection,
              IntStream.rangeClosed(1, rows).mapToObj(i -> handout(tables.tenant, i)).toList());
          return null;
        });
  }

  private Handout handout(String tenant, long row) {
    return new Handout(
        tenant, job, row, "u" + row + "@contoso.com", ADA, Secret.of("secret-" + row));
  }

  private void aged(String column, String age) throws Exception {
    tables.tamper(
        "UPDATE handout_job SET %s = now() - interval '%s' WHERE tenant_id = ?"
            .formatted(column, age));
  }

  private String left() throws Exception {
    return tables.read("SELECT count(*) FROM handout WHERE tenant_id = ?").get(0);
  }

  private String job(String what) throws Exception {
    return tables.read("SELECT " + what + " FROM handout_job WHERE tenant_id = ?").get(0);
  }
}
