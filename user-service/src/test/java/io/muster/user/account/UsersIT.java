package io.muster.user.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.localstack.testing.TestPlatform;
import io.muster.user.UserServicePlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class UsersIT {
  private final TestPlatform platform = TestPlatform.shared();
  private String tenant;

  @BeforeEach
  void aTenantWithUsers() throws SQLException {
    tenant = "t" + UuidCreator.getTimeOrderedEpoch().toString().replace("-", "");
    user("Ada@contoso.com", "ACTIVE", "Ada Lovelace", "Research", "north");
    user("bob@contoso.com", "DISABLED", "Bob 100%", "Sales", "south");
    user("cy@contoso.com", "DISABLED", "Cy Young", "Sales", null);
    user("gone@contoso.com", "REMOVED", "Gone Girl", "Sales", "north");
    user("gone@contoso.com", "REMOVED", "Gone Again", "Sales", "north");
  }

  @Test
  void theListIsInOrderDisabledOnesIncludedAndRemovedOnesLeftOut() {
    assertThat(names(list("tenant-admin", "")))
        .containsExactly("Ada@contoso.com", "bob@contoso.com", "cy@contoso.com");
  }

  @Test
  void pagesFollowEachOtherToTheEnd() {
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonPath page = list("reader", "limit=1" + next).jsonPath();
      seen.addAll(page.getList("items.userPrincipalName", String.class));
      next = page.get("next") == null ? null : "&after=" + page.getString("next");
    } while (next != null);

    assertThat(seen).containsExactly("Ada@contoso.com", "bob@contoso.com", "cy@contoso.com");
  }

  @Test
  void removedOnesOfOneNameArePagedOneByOne() {
    JsonPath first = list("reader", "state=REMOVED&limit=1").jsonPath();
    JsonPath second =
        list("reader", "state=REMOVED&limit=1&after=" + first.getString("next")).jsonPath();

    assertThat(
            List.of(
                first.getString("items[0].displayName"), second.getString("items[0].displayName")))
        .containsExactlyInAnyOrder("Gone Girl", "Gone Again");
    assertThat(second.getString("next")).isNull();
  }

  @Test
  void filtersNarrowTheList() {
    assertThat(names(list("reader", "state=DISABLED")))
        .containsExactly("bob@contoso.com", "cy@contoso.com");
    assertThat(names(list("reader", "unit=north"))).containsExactly("Ada@contoso.com");
  }

  @Test
  void aUserHasEveryColumnAndNulls() {
    JsonPath user = get("reader", "ADA@CONTOSO.com").jsonPath();

    assertThat(user.getMap(""))
        .containsEntry("userPrincipalName", "Ada@contoso.com")
        .containsEntry("state", "ACTIVE")
        .containsEntry("displayName", "Ada Lovelace")
        .containsEntry("unit", "north")
        .containsEntry("credential", "NONE")
        .containsEntry("mustChangePassword", false)
        .containsEntry("protected", false)
        .containsEntry("jobTitle", null)
        .containsEntry("employeeId", null)
        .containsKeys("id", "createdAt", "updatedAt", "stateOrProvince", "usageLocation")
        .doesNotContainKeys("tenantId", "upnKey", "purgeAt", "removedAt", "persistent");
  }

  @Test
  void amongManyAUserIsFoundByTheIndexOfNamesAndARemovedOneByThatOfTheBin() throws Exception {
    run(
        """
        INSERT INTO account (tenant_id, id, user_principal_name, upn_key, state, display_name,
            state_submission, state_row, credential_submission, credential_row,
            properties_submission, properties_row, created_at, updated_at)
        SELECT t.id, uuidv7(), 'u' || i, 'u' || i, s.state, 'User', 1, 1, 1, 1, 1, 1, now(), now()
        FROM (SELECT ? AS id) AS t, generate_series(1, 10000) AS i,
             unnest(ARRAY['ACTIVE', 'REMOVED']) AS s (state)
        """);
    run("DELETE FROM account WHERE tenant_id = ? AND upn_key = 'u77' AND state = 'ACTIVE'");
    run("ANALYZE account");
    long inUse = scans("account_by_name");
    long removed = scans("account_removed");

    assertThat(get("reader", "u5000").jsonPath().getString("state")).isEqualTo("ACTIVE");
    assertThat(get("reader", "U77").jsonPath().getString("state")).isEqualTo("REMOVED");

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> scans("account_by_name") > inUse && scans("account_removed") > removed);
  }

  private static long scans(String index) throws SQLException {
    try (Connection superuser = TestPlatform.shared().superuser("user-service");
        PreparedStatement statement =
            superuser.prepareStatement(
                "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = ?")) {
      statement.setString(1, index);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection superuser = platform.superuser("user-service");
        PreparedStatement statement = superuser.prepareStatement(sql)) {
      if (sql.contains("?")) {
        statement.setString(1, tenant);
      }
      statement.executeUpdate();
    }
  }

  @Test
  void aPasswordAdminSeesTheirUnitsOnly() {
    assertThat(names(list("password-admin", "", "south", "west")))
        .containsExactly("bob@contoso.com");
    assertThat(names(list("password-admin", ""))).isEmpty();
    assertThat(get("password-admin", "bob@contoso.com", "south").statusCode()).isEqualTo(200);
    assertThat(get("password-admin", "ada@contoso.com", "south").statusCode()).isEqualTo(404);
    assertThat(get("password-admin", "cy@contoso.com", "south").statusCode()).isEqualTo(404);
  }

  @Test
  void anotherTenantsUsersAreNotThere() {
    String own = tenant;
    tenant = "someone-else";
    assertThat(names(list("tenant-admin", ""))).isEmpty();
    Response notFound = get("tenant-admin", "ada@contoso.com");
    tenant = own;

    assertThat(notFound.statusCode()).isEqualTo(404);
    assertThat(notFound.contentType()).startsWith("application/problem+json");
    assertThat(notFound.jsonPath().getString("code")).isEqualTo("NOT_FOUND");
  }

  @Test
  void otherRolesAndStrangersAreTurnedAway() {
    for (String role : List.of("operator", "hr-feed", "nonsense")) {
      assertThat(list(role, "").statusCode()).as(role).isEqualTo(403);
      assertThat(get(role, "ada@contoso.com").statusCode()).as(role).isEqualTo(403);
    }
    Response unknown = given().get("/v1/users");
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(given().auth().oauth2("nonsense").get("/v1/users").statusCode()).isEqualTo(401);
  }

  @Test
  void badParametersAreNamed() {
    for (String bad : List.of("limit=0", "limit=1001", "limit=x", "state=GONE", "after=%21")) {
      Response refused = list("reader", bad);
      assertThat(refused.statusCode()).as(bad).isEqualTo(400);
      assertThat(refused.jsonPath().getString("code")).isEqualTo("INVALID_REQUEST");
      assertThat(refused.jsonPath().getString("field")).isEqualTo(bad.split("=")[0]);
    }
  }

  private Response list(String role, String query, String... units) {
    return given()
        .urlEncodingEnabled(false)
        .auth()
        .oauth2(platform.token(tenant, "someone", Set.of(role), Set.of(units)))
        .get(query.isEmpty() ? "/v1/users" : "/v1/users?" + query);
  }

  private Response get(String role, String upn, String... units) {
    return given()
        .auth()
        .oauth2(platform.token(tenant, "someone", Set.of(role), Set.of(units)))
        .get("/v1/users/{upn}", upn);
  }

  private static List<String> names(Response list) {
    assertThat(list.statusCode()).isEqualTo(200);
    return list.jsonPath().getList("items.userPrincipalName", String.class);
  }

  private void user(String upn, String state, String name, String department, String unit)
      throws SQLException {
    try (Connection superuser = platform.superuser("user-service");
        PreparedStatement statement =
            superuser.prepareStatement(
                """
                INSERT INTO account (tenant_id, id, user_principal_name, upn_key, state,
                    display_name, department, unit, state_submission, state_row,
                    credential_submission, credential_row, properties_submission, properties_row,
                    created_at, updated_at)
                VALUES (?, uuidv7(), ?, lower(?), ?, ?, ?, ?, 1, 1, 1, 1, 1, 1, now(), now())
                """)) {
      statement.setString(1, tenant);
      statement.setString(2, upn);
      statement.setString(3, upn);
      statement.setString(4, state);
      statement.setString(5, name);
      statement.setString(6, department);
      statement.setString(7, unit);
      statement.executeUpdate();
    }
  }
}
