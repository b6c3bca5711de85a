package io.muster.user.account;

import static io.muster.user.account.People.Person.named;
import static io.muster.user.account.People.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.user.UserServicePlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class SearchingAccountsIT {
  private final People people = new People();

  @Test
  void anyPartOfNamesAndDepartmentFindsAUser() throws Exception {
    people.are(
        named("Ada.L@contoso.com", "Countess").calledBy("Augusta", "Lovelace").at("Research", null),
        named("bob@contoso.com", "Bob Builder").at("Construction", null));

    for (String part : List.of("ADA.", "ntess", "gust", "velac", "sear", "a.l@c", "da")) {
      assertThat(people.found(part)).as(part).containsExactly("Ada.L@contoso.com");
    }
    assertThat(people.found("contoso.COM")).containsExactly("Ada.L@contoso.com", "bob@contoso.com");
    assertThat(people.found("nobody")).isEmpty();
  }

  @Test
  void allWordsHaveToBeThereInAnyOrderAndPlace() throws Exception {
    people.are(
        named("ada@contoso.com", "Ada Lovelace").at("Research", null),
        named("adam@contoso.com", "Adam Smith").at("Research", null));

    assertThat(people.found("lovelace ada")).containsExactly("ada@contoso.com");
    assertThat(people.found("  research   ada "))
        .containsExactly("ada@contoso.com", "adam@contoso.com");
    assertThat(people.found("ada sales")).isEmpty();
  }

  @Test
  void caseAndAccentsDoNotCount() throws Exception {
    people.are(
        named("jm@contoso.com", "Jürgen Müller-Großmann"),
        named("ol@contoso.com", "Øyvind Łukasz Ñandú"),
        named("dec@contoso.com", "Rene\u0301e"));

    assertThat(people.found("JURGEN muller")).containsExactly("jm@contoso.com");
    assertThat(people.found("MÜLLER")).containsExactly("jm@contoso.com");
    assertThat(people.found("grossmann")).containsExactly("jm@contoso.com");
    assertThat(people.found("oyvind lukasz nandu")).containsExactly("ol@contoso.com");
    assertThat(people.found("renée")).containsExactly("dec@contoso.com");
  }

  @Test
  void namesInAnyScriptAreFound() throws Exception {
    people.are(
        named("li@contoso.com", "李小龍"),
        named("os@contoso.com", "Οδυσσέας"),
        named("av@contoso.com", "Августа Лавлейс"));

    assertThat(people.found("小龍")).containsExactly("li@contoso.com");
    assertThat(people.found("ΟΔΥΣΣ")).containsExactly("os@contoso.com");
    assertThat(people.found("лавлЕЙ")).containsExactly("av@contoso.com");
  }

  @Test
  void signsThatPatternsAreMadeOfAreLettersLikeAnyOther() throws Exception {
    people.are(
        named("p@contoso.com", "Bob 100%"),
        named("u@contoso.com", "snake_case"),
        named("b@contoso.com", "back\\slash 'quoted'"));

    assertThat(people.found("0%")).containsExactly("p@contoso.com");
    assertThat(people.found("_")).containsExactly("u@contoso.com");
    assertThat(people.found("\\sl")).containsExactly("b@contoso.com");
    assertThat(people.found("'quo")).containsExactly("b@contoso.com");
    assertThat(people.found("%")).containsExactly("p@contoso.com");
  }

  @Test
  void stateUnitAndTheCallersUnitsCount() throws Exception {
    people.are(
        named("a@contoso.com", "Ada").at("Sales", "north"),
        named("b@contoso.com", "Ada").at("Sales", "south").in("DISABLED"),
        named("c@contoso.com", "Ada").at("Sales", null),
        named("d@contoso.com", "Ada").at("Sales", "north").in("REMOVED"));

    assertThat(people.found("ada"))
        .containsExactly("a@contoso.com", "b@contoso.com", "c@contoso.com");
    assertThat(names(people.list("reader", "query=ada&state=DISABLED")))
        .containsExactly("b@contoso.com");
    assertThat(names(people.list("reader", "query=ada&state=REMOVED")))
        .containsExactly("d@contoso.com");
    assertThat(names(people.list("reader", "query=ada&unit=north")))
        .containsExactly("a@contoso.com");
    assertThat(names(people.list("password-admin", "query=ada", "south", "west")))
        .containsExactly("b@contoso.com");
    assertThat(names(people.list("password-admin", "query=ada&unit=north", "south"))).isEmpty();
    assertThat(names(people.list("password-admin", "query=ada"))).isEmpty();
  }

  @Test
  void anotherTenantsUsersAreNotFound() throws Exception {
    people.are(named("a@contoso.com", "Ada"));

    People strangers = new People();
    assertThat(strangers.found("ada")).isEmpty();
    strangers.are(named("z@contoso.com", "Ada"));
    assertThat(strangers.found("ada")).containsExactly("z@contoso.com");
    assertThat(people.found("ada")).containsExactly("a@contoso.com");
  }

  /** What the search table doesn't know yet doesn't show a user as they no longer are. */
  @Test
  void pagesAreFullThoughSomeHaveChangedSince() throws Exception {
    people.are(
        IntStream.range(0, 10)
            .mapToObj(i -> named("u" + i + "@contoso.com", "Ada " + i))
            .toArray(People.Person[]::new));
    people.run(
        """
        UPDATE account SET state = 'REMOVED'
        WHERE tenant_id = ? AND upn_key IN ('u0@contoso.com', 'u1@contoso.com', 'u5@contoso.com')
        """);

    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonPath page = people.list("reader", "query=ada&limit=3" + next).jsonPath();
      List<String> names = page.getList("items.userPrincipalName", String.class);
      seen.addAll(names);
      next = page.get("next") == null ? null : "&after=" + page.getString("next");
      assertThat(names).hasSize(next == null ? 1 : 3);
    } while (next != null);

    assertThat(seen)
        .containsExactly(
            "u2@contoso.com",
            "u3@contoso.com",
            "u4@contoso.com",
            "u6@contoso.com",
            "u7@contoso.com",
            "u8@contoso.com",
            "u9@contoso.com");
  }

  @Test
  void whoHasLeftTheUnitSinceIsNoLongerFoundInIt() throws Exception {
    people.are(
        named("a@contoso.com", "Ada").at("Sales", "north"),
        named("b@contoso.com", "Ada").at("Sales", "north"),
        named("c@contoso.com", "Ada").at("Sales", "north"));
    people.run(
        """
        UPDATE account SET unit = CASE upn_key WHEN 'b@contoso.com' THEN 'south' END
        WHERE tenant_id = ? AND upn_key <> 'c@contoso.com'
        """);

    assertThat(names(people.list("reader", "query=ada&unit=north")))
        .containsExactly("c@contoso.com");
  }

  @Test
  void aDeletedAccountIsForgotten() throws Exception {
    people.are(named("a@contoso.com", "Ada"), named("b@contoso.com", "Ada"));
    people.noteAll();
    people.run("DELETE FROM account WHERE tenant_id = ? AND upn_key = 'a@contoso.com'");
    people.awaitFollowedUp();

    assertThat(people.found("ada")).containsExactly("b@contoso.com");
    assertThat(people.count("SELECT count(*) FROM account_search WHERE tenant_id = ?"))
        .isEqualTo(1);
  }

  /** Row-level security keeps LIKE from an index, unless somebody sees to it. */
  @Test
  void rarePartsAreFoundByTrigramsThoughTheyHaveTwoLetters() throws Exception {
    people.run(
        """
        INSERT INTO account (tenant_id, id, user_principal_name, upn_key, state, display_name,
            state_submission, state_row, credential_submission, credential_row,
            properties_submission, properties_row, created_at, updated_at)
        SELECT t.id, uuidv7(), 'u' || i, 'u' || i, 'ACTIVE', 'User ' || md5(i::text),
               1, 1, 1, 1, 1, 1, now(), now()
        FROM (SELECT ? AS id) AS t, generate_series(1, 61000) AS i
        """);
    people.noteAll();
    people.awaitFollowedUp();
    people.run(
        "UPDATE account_search SET words = words || 'needle' WHERE tenant_id = ?"
            + " AND upn_key = 'u12345'");
    people.analyze("account_search");
    long before = trigramScans();

    assertThat(people.found("needle")).containsExactly("u12345");

    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> trigramScans() > before);
    long afterOne = trigramScans();

    assertThat(people.found("dl")).containsExactly("u12345");

    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> trigramScans() > afterOne);
  }

  private long trigramScans() throws Exception {
    return people.count(
        "SELECT idx_scan FROM pg_stat_user_indexes"
            + " WHERE indexrelname = 'account_search_words' AND ? <> ''");
  }

  @Test
  void aQueryThatIsTooLongIsRefused() throws Exception {
    for (String bad : List.of("a+".repeat(17), "x".repeat(257))) {
      var refused = people.list("reader", "query=" + bad);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.jsonPath().getString("field")).isEqualTo("query");
    }
  }
}
