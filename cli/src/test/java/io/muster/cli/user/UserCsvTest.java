package io.muster.cli.user;

import static io.muster.cli.StandInGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserCsvTest {
  private static final String USERS =
      """
      {"items":[
        {"userPrincipalName":"=cmd@contoso.com","state":"ACTIVE","displayName":"Böll, \\"Heinrich\\"",
         "officePhone":"+49 221 1234","fax":"-","office":"+1+1","licenses":[{"sku":"E3"},{"sku":"F1"}],
         "mustChangePassword":true,"protected":false,"unit":null}],
       "next":%s}
      """;

  private final StandInGateway gateway = new StandInGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void every_user_is_there_whatever_the_usual_limit() {
    gateway.on(
        "GET /v1/users",
        json(200, USERS.formatted("\"n1\"")),
        json(200, USERS.formatted("\"n2\"")),
        json(200, USERS.formatted("null")));

    MusterRun run = muster("user", "list", "--csv", "--state", "active");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(rows(run)).hasSize(3);
    assertThat(run.err()).isEmpty();
    assertThat(gateway.asked().get(2)).isEqualTo("GET /v1/users?state=ACTIVE&limit=1000&after=n2");
  }

  @Test
  void no_cell_is_a_formula_and_every_letter_is_readable() {
    gateway.on("GET /v1/users", json(200, USERS.formatted("null")));

    MusterRun run = muster("user", "list", "--csv");

    assertThat(run.out()).startsWith("\uFEFFUserPrincipalName,State,DisplayName,FirstName");
    NamedCsvRecord user = rows(run).get(0);
    assertThat(user.getField("UserPrincipalName")).isEqualTo("'=cmd@contoso.com");
    assertThat(user.getField("DisplayName")).isEqualTo("Böll, \"Heinrich\"");
    assertThat(user.getField("OfficePhone")).isEqualTo("+49 221 1234");
    assertThat(user.getField("Office")).isEqualTo("'+1+1");
    assertThat(user.getField("Fax")).isEqualTo("-");
    assertThat(user.getField("Unit")).isEmpty();
    assertThat(user.getField("Licenses")).isEqualTo("E3;F1");
    assertThat(user.getField("MustChangePassword")).isEqualTo("Yes");
    assertThat(user.getField("Protected")).isEqualTo("No");
  }

  @Test
  void with_a_limit_it_says_where_it_stopped() {
    gateway.on("GET /v1/users", json(200, USERS.formatted("\"n1\"")));

    MusterRun run = muster("user", "list", "--csv", "--limit", "1");

    assertThat(rows(run)).hasSize(1);
    assertThat(run.err()).isEqualTo("There is more: --after n1\n");
  }

  @Test
  void csv_and_json_exclude_each_other() {
    assertThat(muster("user", "list", "--csv", "--json").exitCode()).isEqualTo(2);
  }

  private static List<NamedCsvRecord> rows(MusterRun run) {
    return CsvReader.builder().ofNamedCsvRecord(run.out().substring(1)).stream().toList();
  }

  private MusterRun muster(String... args) {
    return MusterRun.of(gateway.at(args));
  }
}
