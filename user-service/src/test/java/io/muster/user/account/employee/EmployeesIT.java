package io.muster.user.account.employee;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.chassis.access.ServiceTokens;
import io.muster.localstack.testing.TestPlatform;
import io.muster.user.UserServicePlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What another service is told of accounts, and nobody else. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class EmployeesIT {
  private final TestPlatform platform = TestPlatform.shared();
  private String tenant;

  @BeforeEach
  void aTenantWithEmployees() throws SQLException {
    tenant = "t" + UuidCreator.getTimeOrderedEpoch().toString().replace("-", "");
    user("Ada@contoso.com", "ACTIVE", "e1");
    user("bob@contoso.com", "DISABLED", "e2");
    user("gone@contoso.com", "REMOVED", "e3");
    user("old@contoso.com", "REMOVED", "e1");
    user("eve@contoso.com", "ACTIVE", null);
  }

  @Test
  void accountsInUseAreFoundByTheirEmployeeIds() {
    List<Map<String, String>> found =
        look(serviceOf(tenant), "e1", "e2", "e3", "E1", "nobody", "\0").jsonPath().getList("items");

    assertThat(found)
        .containsExactlyInAnyOrder(
            Map.of("employeeId", "e1", "userPrincipalName", "Ada@contoso.com", "state", "ACTIVE"),
            Map.of(
                "employeeId", "e2", "userPrincipalName", "bob@contoso.com", "state", "DISABLED"));
    assertThat(look(serviceOf(tenant)).jsonPath().getList("items")).isEmpty();
  }

  @Test
  void activeAccountsAreCountedAsFarAsItMatters() {
    assertThat(count(10).jsonPath().getLong("active")).isEqualTo(2);
    assertThat(count(1).jsonPath().getLong("active")).isEqualTo(1);
    assertThat(count(0).statusCode()).isEqualTo(400);
  }

  @Test
  void anotherTenantsTokenFindsNothing() {
    Response other = look(serviceOf("someone-else"), "e1");

    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.jsonPath().getList("items")).isEmpty();
  }

  @Test
  void onlyServicesAreTold() {
    String key = "x".repeat(40);
    ServiceTokens strangers = new ServiceTokens(List.of(key), Clock.systemUTC());
    ServiceTokens late =
        new ServiceTokens(keys(), Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2).negated()));
    String from = "bulk-ingest-service";

    assertThat(look(strangers.header(from, "user-service", tenant), "e1").statusCode())
        .isEqualTo(401);
    assertThat(look(late.header(from, "user-service", tenant), "e1").statusCode()).isEqualTo(401);
    assertThat(look(tokens().header(from, "gateway", tenant), "e1").statusCode()).isEqualTo(401);
    for (String role : List.of("tenant-admin", "operator", "hr-feed", "service")) {
      String person = "Bearer " + platform.token(tenant, "someone", Set.of(role), Set.of());
      assertThat(look(person, "e1").statusCode()).as(role).isEqualTo(403);
    }
    assertThat(
            given()
                .contentType("application/json")
                .body(Map.of("employeeIds", List.of("e1")))
                .post("/v1/employees/lookup")
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void aServiceMayDoNothingThatIsForPeople() {
    for (String path : List.of("/v1/users", "/v1/users/Ada@contoso.com", "/v1/users/count")) {
      assertThat(given().header("Authorization", serviceOf(tenant)).get(path).statusCode())
          .as(path)
          .isEqualTo(401);
    }
  }

  private Response count(long most) {
    return given()
        .header("Authorization", serviceOf(tenant))
        .contentType("application/json")
        .body(Map.of("most", most))
        .post("/v1/employees/count");
  }

  private static Response look(String authorization, String... employeeIds) {
    return given()
        .header("Authorization", authorization)
        .contentType("application/json")
        .body(Map.of("employeeIds", List.of(employeeIds)))
        .post("/v1/employees/lookup");
  }

  private static String serviceOf(String tenant) {
    return tokens().header("bulk-ingest-service", "user-service", tenant);
  }

  private static ServiceTokens tokens() {
    return new ServiceTokens(keys(), Clock.systemUTC());
  }

  private static List<String> keys() {
    return List.of(
        ConfigProvider.getConfig().getValue("muster.service-tokens.keys", String[].class));
  }

  private void user(String upn, String state, String employeeId) throws SQLException {
    try (Connection superuser = platform.superuser("user-service");
        PreparedStatement statement =
            superuser.prepareStatement(
                """
                INSERT INTO account (tenant_id, id, user_principal_name, upn_key, state,
                    display_name, employee_id, state_submission, state_row, credential_submission,
                    credential_row, properties_submission, properties_row, created_at, updated_at)
                VALUES (?, uuidv7(), ?, lower(?), ?, 'N', ?, 1, 1, 1, 1, 1, 1, now(), now())
                """)) {
      statement.setString(1, tenant);
      statement.setString(2, upn);
      statement.setString(3, upn);
      statement.setString(4, state);
      statement.setString(5, employeeId);
      statement.executeUpdate();
    }
  }
}
