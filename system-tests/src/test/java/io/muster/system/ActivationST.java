package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A row of an enable file is done by both services, or by neither. */
class ActivationST {
  private static final String GOOD = "Vorn-Lapi-92-Xk4";

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void seatsGoToTheFirstRowsAndTheOthersChangeNothingUntilThereAreMore() throws SQLException {
    Gateway admin = system.as("half", "tenant-admin");
    add(admin, "half", 100);
    admin.seats("E3", 50);
    String file = names("half", 1, 100);

    JsonNode job = admin.run("operation=enable&license=E3", file);

    assertThat(job.path("state").asText()).isEqualTo("PARTIALLY_FAILED");
    assertThat(job.path("rows").path("succeeded").asLong()).isEqualTo(50);
    JsonNode failures = job.path("failures");
    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).path("code").asText()).isEqualTo("NO_SEATS_LEFT");
    assertThat(failures.get(0).path("rows").asLong()).isEqualTo(50);
    JsonNode failed = rows(admin, job, "FAILED");
    assertThat(failed)
        .extracting(row -> row.path("row").asLong())
        .containsExactlyElementsOf(IntStream.rangeClosed(51, 100).mapToObj(Long::valueOf).toList());
    assertThat(failed.get(0).path("parts").path("USER").asText()).isEqualTo("UNDONE");
    assertThat(failed.get(0).path("parts").path("LICENSE").asText()).isEqualTo("REJECTED");
    assertThat(assigned(admin, "E3")).isEqualTo(50);
    assertThat(
            system.strings(
                "user-service",
                """
                SELECT state || ' ' || credential || ' ' || count(*) FROM account
                WHERE tenant_id = 'half' GROUP BY state, credential ORDER BY 1
                """))
        .containsExactly("ACTIVE GENERATED 50", "DISABLED NONE 50");
    assertThat(
            admin
                .get("/v1/jobs/" + job.path("id").asText() + "/credentials.csv")
                .expect(200)
                .text()
                .lines())
        .as("header, and the succeeded rows alone")
        .hasSize(51);
    List<String> before = credentials("half");
    assertThat(before).hasSize(50);
    String shown =
        CommandLine.run(
                "job",
                "show",
                job.path("id").asText(),
                "--url",
                system.url(),
                "--token",
                admin.token())
            .expectExit(0)
            .out();
    assertThat(shown).contains("50 succeeded, 50 failed", "NO_SEATS_LEFT");

    admin.seats("E3", 100);
    JsonNode again = admin.run("operation=enable&license=E3&allowDuplicate=true", file);

    assertThat(again.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(assigned(admin, "E3")).isEqualTo(100);
    assertThat(credentials("half")).hasSize(100).containsAll(before);
  }

  @Test
  void aRowTakesSeatsInAllItsSubscriptionsOrInNone() {
    Gateway admin = system.as("several", "tenant-admin");
    add(admin, "several", 3);
    admin.seats("E3", 10);
    admin.seats("VISIO", 1);

    JsonNode job =
        admin.run(
            "operation=enable",
            "UPN,Licenses\nu1@several.com,E3;VISIO\nu2@several.com,E3;VISIO\nu3@several.com,E3;NONE\n");

    assertThat(rows(admin, job, "FAILED"))
        .extracting(row -> row.path("row").asLong() + " " + row.path("code").asText())
        .containsExactly("2 NO_SEATS_LEFT", "3 UNKNOWN_SUBSCRIPTION");
    assertThat(assigned(admin, "E3")).isEqualTo(1);
    assertThat(assigned(admin, "VISIO")).isEqualTo(1);
    JsonNode first = admin.get("/v1/users/u1@several.com").expect(200).json();
    assertThat(first.path("licenses"))
        .extracting(license -> license.path("sku").asText())
        .containsExactlyInAnyOrder("E3", "VISIO");
    assertThat(admin.put("/v1/subscriptions/E3", "{\"totalSeats\":0}").expect(409).code())
        .isEqualTo("SEATS_IN_USE");
  }

  @Test
  void seatsOfUsersThatDoNotExistAreFreeAgain() {
    Gateway admin = system.as("missing", "tenant-admin");
    add(admin, "missing", 10);
    admin.seats("E3", 40);

    JsonNode job = admin.run("operation=enable&license=E3", names("missing", 1, 30));

    assertThat(job.path("rows").path("succeeded").asLong()).isEqualTo(10);
    assertThat(job.path("failures").get(0).path("code").asText()).isEqualTo("USER_NOT_FOUND");
    assertThat(job.path("failures").get(0).path("rows").asLong()).isEqualTo(20);
    assertThat(assigned(admin, "E3")).isEqualTo(10);
  }

  @Test
  void generatedPasswordsAreHandedToTheSubmitterOnceAndSignIn() {
    Gateway admin = system.as("handout", "tenant-admin");
    add(admin, "handout", 5);
    JsonNode job = admin.run("operation=enable", names("handout", 1, 5));
    String credentials = "/v1/jobs/" + job.path("id").asText() + "/credentials.csv";

    Gateway other =
        new Gateway(system.url(), system.token("handout", "tenant-admin", "other@handout.com"));
    assertThat(other.get(credentials).status()).isEqualTo(403);
    List<String> lines = admin.get(credentials).expect(200).text().lines().toList();

    assertThat(lines).hasSize(6);
    for (String line : lines.subList(1, 6)) {
      String[] cells = line.replace("\uFEFF", "").split(",");
      JsonNode verified = verify(admin, cells[0], cells[1]);
      assertThat(verified.path("valid").asBoolean()).as(cells[0]).isTrue();
      assertThat(verified.path("mustChange").asBoolean()).isTrue();
    }
    assertThat(admin.get(credentials).expect(200).text().lines()).hasSize(6);
    admin.delete(credentials);
    assertThat(admin.get(credentials).expect(410).code()).isEqualTo("CREDENTIALS_GONE");
  }

  @Test
  void aSingleUserIsEnabledWithAPasswordThatIsShownOnce() {
    Gateway admin = system.as("single-enable", "tenant-admin");
    add(admin, "single-enable", 1);
    admin.seats("E3", 1);

    JsonNode enabled =
        admin
            .post("/v1/users/u1@single-enable.com/enable", "{\"licenses\":[\"E3\"]}")
            .expect(200)
            .json();

    assertThat(enabled.path("state").asText()).isEqualTo("ACTIVE");
    assertThat(enabled.path("licenses").get(0).path("sku").asText()).isEqualTo("E3");
    String password = enabled.path("password").asText();
    assertThat(verify(admin, "u1@single-enable.com", password).path("valid").asBoolean()).isTrue();
    assertThat(verify(admin, "u1@single-enable.com", "guess").path("valid").asBoolean()).isFalse();
    assertThat(admin.post("/v1/users/nobody@single-enable.com/enable", "{}").expect(404).code())
        .isEqualTo("USER_NOT_FOUND");
    String changed =
        "{\"current\":\"%s\",\"new\":\"%s\"}".formatted(password, "Own-Choice-81-Quorp");
    Gateway person =
        new Gateway(system.url(), system.token("single-enable", "reader", "U1@single-enable.com"));
    person.post("/v1/users/u1@single-enable.com/password/change", changed);
    JsonNode own = verify(admin, "u1@single-enable.com", "Own-Choice-81-Quorp");
    assertThat(own.path("valid").asBoolean()).isTrue();
    assertThat(own.path("mustChange").asBoolean()).isFalse();
  }

  @Test
  void entrasTemplateWithAGoodOrABlankPasswordMakesAnActiveUser() {
    Gateway good = system.as("entra-good", "tenant-admin");
    Gateway blank = system.as("entra-blank", "tenant-admin");
    String file = entra();
    String upn = "cmatchen@contoso.com";

    JsonNode withPassword = good.run("operation=add", file.replace("Password1!", GOOD));
    JsonNode without = blank.run("operation=add", file.replace("Password1!", ""));

    assertThat(withPassword.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(without.path("state").asText()).isEqualTo("SUCCEEDED");
    String name =
        good.get("/v1/users").json().path("items").get(0).path("userPrincipalName").asText();
    assertThat(good.get("/v1/users/" + name).json().path("state").asText()).isEqualTo("ACTIVE");
    assertThat(verify(good, name, GOOD).path("valid").asBoolean()).as(upn).isTrue();
    JsonNode generated = blank.get("/v1/users/" + name).json();
    assertThat(generated.path("state").asText()).isEqualTo("ACTIVE");
    assertThat(generated.path("credential").asText()).isEqualTo("GENERATED");
  }

  static void add(Gateway admin, String domain, int users) {
    String csv =
        IntStream.rangeClosed(1, users)
            .mapToObj(i -> "u%d@%s.com,User %d\n".formatted(i, domain, i))
            .collect(Collectors.joining("", "UserPrincipalName,DisplayName\n", ""));
    assertThat(admin.run("operation=add", csv).path("state").asText()).isEqualTo("SUCCEEDED");
  }

  static String names(String domain, int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> "u%d@%s.com\n".formatted(i, domain))
        .collect(Collectors.joining("", "UserPrincipalName\n", ""));
  }

  static JsonNode verify(Gateway admin, String upn, String password) {
    return admin
        .post("/v1/users/" + upn + "/password/verify", "{\"password\":\"" + password + "\"}")
        .expect(200)
        .json();
  }

  private static JsonNode rows(Gateway admin, JsonNode job, String outcome) {
    return admin
        .get("/v1/jobs/" + job.path("id").asText() + "/rows?limit=1000&outcome=" + outcome)
        .expect(200)
        .json()
        .path("items");
  }

  private static long assigned(Gateway admin, String sku) {
    return admin.get("/v1/subscriptions/" + sku).expect(200).json().path("assignedSeats").asLong();
  }

  private List<String> credentials(String tenant) throws SQLException {
    return new ArrayList<>(
        system.strings(
            "user-service",
            "SELECT upn_key || ' ' || credential_id FROM account WHERE credential_id IS NOT NULL"
                + " AND tenant_id = '"
                + tenant
                + "'"));
  }

  private static String entra() {
    try (InputStream in = ActivationST.class.getResourceAsStream("/data/entra-bulk-create.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
