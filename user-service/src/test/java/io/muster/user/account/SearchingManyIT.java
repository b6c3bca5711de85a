package io.muster.user.account;

import static io.muster.user.account.People.Person.named;
import static io.muster.user.account.People.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.localstack.testing.TestPlatform;
import io.muster.user.UserServicePlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** More people than a search looks at one after the other. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class SearchingManyIT {
  /** Of names in hexadecimal, so that no letter but a to f is common. */
  private static final String CROWD =
      """
      INSERT INTO account (tenant_id, id, user_principal_name, upn_key, state, display_name, unit,
          state_submission, state_row, credential_submission, credential_row,
          properties_submission, properties_row, created_at, updated_at)
      SELECT t.id, uuidv7(), 'c' || lpad(i::text, 5, '0'), 'c' || lpad(i::text, 5, '0'), 'ACTIVE',
             md5(i::text), CASE WHEN i %% 5 = 0 THEN 'north' END,
             1, 1, 1, 1, 1, 1, now(), now()
      FROM (SELECT ? AS id) AS t, generate_series(1, %d) AS i
      """;

  private final People people = new People();

  @Test
  void theLastOfManyAreFoundByAnyPartHoweverShort() throws Exception {
    people.run(CROWD.formatted(61_000));
    people.are(
        named("y1@x.org", "Quxo Nn"),
        named("y2@x.org", "Nn oqux"),
        named("y3@x.org", "Qu nn"),
        named("y4@x.org", "Nn Roqu"),
        named("y5.q@x.org", "Nn qu nn"),
        named("y6@x.org", "Ольга Щукина"),
        named("y7@x.org", "O'Reilly 100%"));

    assertThat(people.found("qu"))
        .containsExactly("y1@x.org", "y2@x.org", "y3@x.org", "y4@x.org", "y5.q@x.org");
    assertThat(people.found("q@")).containsExactly("y5.q@x.org");
    assertThat(people.found("5.q@x.o")).containsExactly("y5.q@x.org");
    assertThat(people.found("5.q@y")).isEmpty();
    assertThat(people.found(".q")).containsExactly("y5.q@x.org");
    assertThat(people.found("q")).hasSize(5);
    assertThat(people.found("oqu")).containsExactly("y2@x.org", "y4@x.org");
    assertThat(people.found("oqu nn")).containsExactly("y2@x.org", "y4@x.org");
    assertThat(people.found("щу")).containsExactly("y6@x.org");
    assertThat(people.found("щ")).containsExactly("y6@x.org");
    assertThat(people.found("'")).containsExactly("y7@x.org");
    assertThat(people.found("0%")).containsExactly("y7@x.org");
    assertThat(people.found("_")).isEmpty();
    assertThat(people.found("quz")).isEmpty();
    assertThat(people.found("qz")).isEmpty();
  }

  /** Too many to be looked up one by one, and not where the list begins. */
  @Test
  void whatIsCommonButLateInTheListIsFound() throws Exception {
    people.run(CROWD.formatted(61_000));
    people.run(
        """
        INSERT INTO account (tenant_id, id, user_principal_name, upn_key, state, display_name,
            state_submission, state_row, credential_submission, credential_row,
            properties_submission, properties_row, created_at, updated_at)
        SELECT t.id, uuidv7(), 'late' || i, 'late' || i, 'ACTIVE', 'Zoologist',
               1, 1, 1, 1, 1, 1, now(), now()
        FROM (SELECT ? AS id) AS t, generate_series(10001, 31000) AS i
        """);
    people.noteAll();
    people.awaitFollowedUp();

    JsonPath page = people.list("reader", "query=zoo&limit=2").jsonPath();
    JsonPath next =
        people.list("reader", "query=zoo&limit=2&after=" + page.getString("next")).jsonPath();

    assertThat(page.getList("items.userPrincipalName", String.class))
        .containsExactly("late10001", "late10002");
    assertThat(next.getList("items.userPrincipalName", String.class))
        .containsExactly("late10003", "late10004");
  }

  @Test
  void theFewOfAStateAreFoundAmongAllThatAreCalledSo() throws Exception {
    people.run(CROWD.formatted(21_000));
    people.run(
        """
        UPDATE account SET state = CASE upn_key WHEN 'c20500' THEN 'DISABLED' ELSE 'REMOVED' END
        WHERE tenant_id = ? AND upn_key IN ('c20500', 'c20505')
        """);
    people.noteAll();
    people.awaitFollowedUp();

    assertThat(names(people.list("reader", "query=c&state=DISABLED"))).containsExactly("c20500");
    assertThat(names(people.list("reader", "query=c&state=REMOVED"))).containsExactly("c20505");
    assertThat(names(people.list("reader", "query=c&state=REMOVED&unit=north")))
        .containsExactly("c20505");
    assertThat(names(people.list("reader", "query=c&state=DISABLED&unit=south"))).isEmpty();
    assertThat(names(people.list("reader", "query=c2050&state=ACTIVE")))
        .contains("c20501", "c20509")
        .doesNotContain("c20500", "c20505");
  }

  @Test
  void aUnitIsListedAndSearchedByItsOwnIndex() throws Exception {
    people.run(CROWD.formatted(10_000));
    people.noteAll();
    people.awaitFollowedUp();
    people.analyze("account");
    people.analyze("account_search");
    long listed = scans("account_in_unit");
    long searched = scans("account_search_in_unit");

    assertThat(names(people.list("password-admin", "limit=2", "north", "south")))
        .containsExactly("c00005", "c00010");
    assertThat(names(people.list("password-admin", "query=c0001&limit=3", "north", "south")))
        .containsExactly("c00010", "c00015");

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> scans("account_in_unit") > listed && scans("account_search_in_unit") > searched);
  }

  @Test
  void severalUnitsArePagedAsOneList() throws Exception {
    people.are(
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    named("u%02d@x.org".formatted(i), "Ada")
                        .at("Sales", List.of("north", "south", "west").get(i % 3)))
            .toArray(People.Person[]::new));
    List<String> wanted =
        IntStream.range(0, 20).filter(i -> i % 3 != 2).mapToObj("u%02d@x.org"::formatted).toList();

    assertThat(allPages("password-admin", "limit=3", "south", "north")).isEqualTo(wanted);
    assertThat(allPages("password-admin", "query=ada&limit=3", "south", "north")).isEqualTo(wanted);
  }

  @Test
  void pagesAreWholeAndWithoutDoublesWhileUsersAreAdded() throws Exception {
    people.are(
        IntStream.range(0, 30)
            .mapToObj(i -> named("u%02d@x.org".formatted(i), "Ada"))
            .toArray(People.Person[]::new));

    List<String> seen = new ArrayList<>();
    String next = "";
    int pages = 0;
    do {
      JsonPath page = people.list("reader", "query=ada&limit=7" + next).jsonPath();
      seen.addAll(page.getList("items.userPrincipalName", String.class));
      next = page.get("next") == null ? null : "&after=" + page.getString("next");
      people.are(
          named("a%d@x.org".formatted(pages), "Ada"),
          named("u%02d+new@x.org".formatted(7 * pages), "Ada"),
          named("z%d@x.org".formatted(pages++), "Ada"));
    } while (next != null);

    assertThat(seen).doesNotHaveDuplicates().isSorted();
    assertThat(seen)
        .containsAll(IntStream.range(0, 30).mapToObj("u%02d@x.org"::formatted).toList());
  }

  @Test
  void aRenamedUserIsFoundByTheNewNameOnly() throws Exception {
    people.are(named("ada@x.org", "Ada Byron"));
    assertThat(people.found("byron")).containsExactly("ada@x.org");

    people.run("UPDATE account SET display_name = 'Ada Lovelace' WHERE tenant_id = ?");
    people.noteAll();
    people.awaitFollowedUp();

    assertThat(people.found("byron")).isEmpty();
    assertThat(people.found("velac")).containsExactly("ada@x.org");
  }

  /** They run with the owner's rights, past the policies. */
  @Test
  void theSearchesKeepToOneTenantThemselves() throws Exception {
    People others = new People();
    people.are(named("ada@x.org", "Ada"));
    others.are(named("ada@y.org", "Ada"));

    for (String search :
        List.of(
            "SELECT found_key FROM search_in_order('{%ada%}', NULL, NULL, NULL, NULL, 9, 9)",
            "SELECT found_key FROM search_by_parts('{%ada%}', '{%ada%}', '{}', NULL, NULL, NULL,"
                + " NULL, 9, 9)")) {
      assertThat(asTheService(people.tenant, search)).containsExactly("ada@x.org");
      assertThat(asTheService(others.tenant, search)).containsExactly("ada@y.org");
      for (String tenants : List.of("", people.tenant + "," + others.tenant)) {
        assertThatThrownBy(() -> asTheService(tenants, search))
            .hasMessageContaining("a search is for one tenant");
      }
    }
  }

  private static List<String> asTheService(String tenants, String search) throws SQLException {
    try (Connection service = TestPlatform.shared().as("user_service_app", "user-service");
        PreparedStatement enter =
            service.prepareStatement("SELECT set_config('muster.tenants', ?, false)");
        Statement statement = service.createStatement()) {
      enter.setString(1, tenants);
      enter.execute();
      List<String> found = new ArrayList<>();
      try (var rows = statement.executeQuery(search)) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  private List<String> allPages(String role, String query, String... units) {
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonPath page = people.list(role, query + next, units).jsonPath();
      seen.addAll(page.getList("items.userPrincipalName", String.class));
      next = page.get("next") == null ? null : "&after=" + page.getString("next");
    } while (next != null);
    return seen;
  }

  private long scans(String index) throws SQLException {
    return people.count(
        "SELECT idx_scan FROM pg_stat_user_indexes WHERE ? <> '' AND indexrelname = '"
            + index
            + "'");
  }
}
