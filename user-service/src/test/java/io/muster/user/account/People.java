package io.muster.user.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.localstack.testing.TestPlatform;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/** A tenant's people for tests of the address list, and who looks them up. */
final class People {
  private final TestPlatform platform = TestPlatform.shared();
  final String tenant = "t" + UuidCreator.getTimeOrderedEpoch().toString().replace("-", "");

  /** An account as a test wants it; what isn't said is null. */
  record Person(
      String upn,
      String state,
      String displayName,
      String firstName,
      String lastName,
      String department,
      String unit) {

    static Person named(String upn, String displayName) {
      return new Person(upn, "ACTIVE", displayName, null, null, null, null);
    }

    Person in(String word) {
      return new Person(upn, word, displayName, firstName, lastName, department, unit);
    }

    Person calledBy(String first, String last) {
      return new Person(upn, state, displayName, first, last, department, unit);
    }

    Person at(String itsDepartment, String itsUnit) {
      return new Person(upn, state, displayName, firstName, lastName, itsDepartment, itsUnit);
    }
  }

  /** They are there, and can be found. */
  void are(Person... people) throws SQLException {
    for (Person person : people) {
      run(
          """
          INSERT INTO account (tenant_id, id, user_principal_name, upn_key, state,
              display_name, first_name, last_name, department, unit,
              state_submission, state_row, credential_submission, credential_row,
              properties_submission, properties_row, created_at, updated_at)
          VALUES (?, uuidv7(), ?, ?, ?, ?, ?, ?, ?, ?, 1, 1, 1, 1, 1, 1, now(), now())
          """,
          person.upn(),
          UserPrincipalName.keyOf(person.upn()),
          person.state(),
          person.displayName(),
          person.firstName(),
          person.lastName(),
          person.department(),
          person.unit());
    }
    noteAll();
    awaitFollowedUp();
  }

  /** As the migration notes what was there before it. */
  void noteAll() throws SQLException {
    run(
        """
        INSERT INTO follow_up (tenant_id, batch_id, jobs, row_count, accounts)
        SELECT tenant_id, uuidv7(), '{}', count(*), array_agg(id) FROM account
        WHERE tenant_id = ? GROUP BY tenant_id
        """);
  }

  void awaitFollowedUp() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> waiting("follow_up") == 0 && waiting("search_due") == 0);
  }

  private long waiting(String table) throws SQLException {
    return count("SELECT count(*) FROM " + table + " WHERE tenant_id = ?");
  }

  long count(String query) throws SQLException {
    try (Connection superuser = platform.superuser("user-service");
        PreparedStatement statement = superuser.prepareStatement(query)) {
      statement.setString(1, tenant);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Does what no service may; the first parameter is the tenant. */
  void run(String sql, Object... more) throws SQLException {
    try (Connection superuser = platform.superuser("user-service");
        PreparedStatement statement = superuser.prepareStatement(sql)) {
      statement.setString(1, tenant);
      for (int i = 0; i < more.length; i++) {
        statement.setObject(i + 2, more[i]);
      }
      statement.executeUpdate();
    }
  }

  void analyze(String table) throws SQLException {
    execute("ANALYZE " + table);
  }

  private void execute(String sql) throws SQLException {
    try (Connection superuser = platform.superuser("user-service");
        java.sql.Statement statement = superuser.createStatement()) {
      statement.execute(sql);
    }
  }

  String token(String role, String... units) {
    return platform.token(tenant, "someone", Set.of(role), Set.of(units));
  }

  Response list(String role, String query, String... units) {
    return given()
        .urlEncodingEnabled(false)
        .auth()
        .oauth2(token(role, units))
        .get(query.isEmpty() ? "/v1/users" : "/v1/users?" + query);
  }

  /** User principal names of the list. */
  List<String> found(String words) {
    return names(
        given().auth().oauth2(token("reader")).queryParam("query", words).get("/v1/users"));
  }

  static List<String> names(Response list) {
    assertThat(list.statusCode()).as(list.asString()).isEqualTo(200);
    return list.jsonPath().getList("items.userPrincipalName", String.class);
  }
}
