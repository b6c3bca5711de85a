package io.muster.cli.audit;

import static io.muster.cli.StandInGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final String ENTRIES =
      """
      {"items":[
        {"time":"2026-03-01T10:00:00.123Z","actor":"ada@contoso.com","operation":"SET","kind":"CHANGE","job":"j1","row":7,
         "user":"chris@contoso.com","code":null,
         "before":{"jobTitle":"Clerk","fax":"1"},"after":{"jobTitle":"Boss","fax":"1","office":"A-1"}},
        {"time":"2026-03-01T09:00:00Z","actor":"bob@contoso.com","operation":"REMOVE","kind":"UNDO","job":"j0","row":1,
         "user":"chris@contoso.com","code":"PROTECTED_ACCOUNT","before":null,"after":null}],
       "next":"n2"}
      """;

  private final StandInGateway gateway = new StandInGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void it_tells_who_did_what_to_whom_and_what_was_refused() {
    gateway.on("GET /v1/audit", json(200, ENTRIES));

    MusterRun run = muster("audit", "--user", "chris@contoso.com", "--job", "j1", "--limit", "2");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines().toList().get(1))
        .contains("2026-03-01T10:00:00Z", "ada@contoso.com", "SET", "jobTitle, office", "j1", "7")
        .doesNotContain("fax");
    assertThat(run.out().lines().toList().get(2))
        .contains("REMOVE (taken back)", "PROTECTED_ACCOUNT");
    assertThat(run.err()).isEqualTo("There is more: --after n2\n");
    assertThat(gateway.asked())
        .containsExactly("GET /v1/audit?user=chris%40contoso.com&job=j1&limit=2");
  }

  @Test
  void as_json_it_has_before_and_after() {
    gateway.on("GET /v1/audit", json(200, ENTRIES));

    assertThat(
            muster("audit", "--limit", "2", "--json").json().at("/items/0/after/jobTitle").asText())
        .isEqualTo("Boss");
  }

  private MusterRun muster(String... args) {
    return MusterRun.of(gateway.at(args));
  }
}
