package io.muster.user.account.lookup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.localstack.testing.TestPlatform;
import io.muster.user.UserServicePlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts by keys, many at once, and no others. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class LookupIT {
  private final TestPlatform platform = TestPlatform.shared();
  private String tenant;

  @BeforeEach
  void aTenantWithUsers() throws SQLException {
    tenant = "t" + UuidCreator.getTimeOrderedEpoch().toString().replace("-", "");
    user("Ada@contoso.com", "ACTIVE", "ext-1", "e1", "Ada@home.org");
    user("bob@contoso.com", "DISABLED", "ext-1", null, null);
    user("gone@contoso.com", "REMOVED", "ext-1", "e3", "ada@home.org");
  }

  @Test
  void eachKeyFindsThoseInUseInTheOrderOfTheList() {
    String id =
        found("tenant-admin", "USER_PRINCIPAL_NAME", "ADA@contoso.com").getString("items[0].id");

    assertThat(names("USER_PRINCIPAL_NAME", "bob@contoso.com", "ada@CONTOSO.com", "nobody@x.com"))
        .containsExactly("Ada@contoso.com", "bob@contoso.com");
    assertThat(names("ID", id, "no id", "00000000-0000-0000-0000-000000000000"))
        .containsExactly("Ada@contoso.com");
    assertThat(names("EXTERNAL_ID", "ext-1")).containsExactly("Ada@contoso.com", "bob@contoso.com");
    assertThat(names("EXTERNAL_ID", "EXT-1")).isEmpty();
    assertThat(names("EMPLOYEE_ID", "e1", "e3")).containsExactly("Ada@contoso.com");
    assertThat(names("ALTERNATE_EMAIL", "ADA@home.org")).containsExactly("Ada@contoso.com");
    assertThat(names("ID")).isEmpty();
  }

  @Test
  void othersFindNothing() {
    assertThat(look("reader", "EXTERNAL_ID", "ext-1").statusCode()).isEqualTo(403);
    assertThat(look("tenant-admin", "SHOE_SIZE", "42").statusCode()).isEqualTo(400);
    String own = tenant;
    tenant = "someone-else";
    assertThat(names("EXTERNAL_ID", "ext-1")).isEmpty();
    tenant = own;
  }

  @Test
  void theListStartsWherePeopleSayAndSkipsWhatTheyHaveSeen() {
    assertThat(listed("startsWith=AD")).containsExactly("Ada@contoso.com");
    assertThat(listed("startsWith=ada@contoso.com2")).isEmpty();
    assertThat(listed("skip=1&limit=1")).containsExactly("bob@contoso.com");
    assertThat(listed("skip=2")).isEmpty();
    assertThat(
            given()
                .auth()
                .oauth2(platform.token(tenant, "someone", Set.of("tenant-admin"), Set.of()))
                .get("/v1/users?skip=100001")
                .statusCode())
        .isEqualTo(400);
  }

  private List<String> listed(String query) {
    return given()
        .auth()
        .oauth2(platform.token(tenant, "someone", Set.of("tenant-admin"), Set.of()))
        .get("/v1/users?" + query)
        .jsonPath()
        .getList("items.userPrincipalName", String.class);
  }

  private List<String> names(String by, String... values) {
    return found("tenant-admin", by, values).getList("items.userPrincipalName", String.class);
  }

  private io.restassured.path.json.JsonPath found(String role, String by, String... values) {
    Response answer = look(role, by, values);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.jsonPath();
  }

  private Response look(String role, String by, String... values) {
    return given()
        .auth()
        .oauth2(platform.token(tenant, "someone", Set.of(role), Set.of()))
        .contentType("application/json")
        .body(Map.of("by", by, "values", List.of(values)))
        .post("/v1/users/lookup");
  }

  private void user(String upn, String state, String externalId, String employeeId, String mail)
      throws SQLException {
    try (Connection superuser = platform.superuser("user-service");
        PreparedStatement statement =
            superuser.prepareStatement(
                """
                INSERT INTO account (tenant_id, id, user_principal_name, upn_key, state,
                    display_name, external_id, employee_id, alternate_email, state_submission,
                    state_row, credential_submission, credential_row, properties_submission,
                    properties_row, created_at, updated_at)
                VALUES (?, uuidv7(), ?, lower(?), ?, 'N', ?, ?, ?, 1, 1, 1, 1, 1, 1, now(), now())
                """)) {
      statement.setString(1, tenant);
      statement.setString(2, upn);
      statement.setString(3, upn);
      statement.setString(4, state);
      statement.setString(5, externalId);
      statement.setString(6, employeeId);
      statement.setString(7, mail);
      statement.executeUpdate();
    }
  }
}
