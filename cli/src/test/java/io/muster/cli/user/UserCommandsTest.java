package io.muster.cli.user;

import static io.muster.cli.StandInGateway.json;
import static io.muster.cli.StandInGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.Jobs;
import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserCommandsTest {
  private static final String CHRIS =
      """
      {"id":"1","userPrincipalName":"chris@contoso.com","state":"DISABLED","displayName":"Chris Green",
       "jobTitle":null,"licenses":[{"sku":"E3"},{"sku":"F1"}],"job":"%s"}
      """
          .formatted(Jobs.ID);

  private final StandInGateway gateway = new StandInGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void get_shows_what_is_there_and_leaves_out_what_is_not() {
    gateway.on("GET /v1/users/chris%40contoso.com", json(200, CHRIS));

    MusterRun run = muster("user", "get", "chris@contoso.com");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Chris Green", "E3, F1").doesNotContain("jobTitle");
  }

  @Test
  void add_sends_every_property_under_its_json_name() throws IOException {
    gateway.on("POST /v1/users", json(201, CHRIS));

    MusterRun run =
        muster(
            "user",
            "add",
            "chris@contoso.com",
            "--display-name",
            "Chris Green",
            "--office-phone",
            "123",
            "--active",
            "--json");

    assertThat(run.json().path("state").asText()).isEqualTo("DISABLED");
    assertThat(new JsonMapper().readTree(gateway.requests().get(0).body()))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"userPrincipalName":"chris@contoso.com","displayName":"Chris Green",
                     "officePhone":"123","blockSignIn":false}
                    """));
  }

  @Test
  void add_that_takes_longer_tells_the_job() {
    gateway.on("POST /v1/users", json(202, Jobs.running(1, 0)));

    MusterRun run = muster("user", "add", "chris@contoso.com");

    assertThat(run.out()).isEqualTo(Jobs.ID + "\n");
    assertThat(run.err()).contains("muster job watch");
  }

  @Test
  void a_refused_row_says_detail_code_and_field() {
    gateway.on(
        "POST /v1/users",
        json(
            422,
            """
            {"title":"The row was refused","status":422,"code":"MISSING_VALUE","field":"displayName",
             "detail":"DisplayName is empty."}
            """));

    MusterRun run = muster("user", "add", "chris@contoso.com");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo("muster: DisplayName is empty. (MISSING_VALUE, field displayName)\n");
  }

  @Test
  void list_passes_query_and_filters_on() {
    gateway.on("GET /v1/users", json(200, "{\"items\":[" + CHRIS + "],\"next\":null}"));

    MusterRun run = muster("user", "list", "chris green", "--state", "disabled");

    assertThat(run.out()).contains("chris@contoso.com", "DISABLED");
    assertThat(run.err()).isEmpty();
    assertThat(gateway.requests().get(0).path()).contains("query=chris%20green", "state=DISABLED");
  }

  @Test
  void csv_is_all_of_the_list_as_the_gateway_writes_it() {
    String file = "\uFEFFUserPrincipalName,State\r\nø@contoso.com,ACTIVE\r\n";
    gateway.on("GET /v1/users", text(200, "text/csv", file));

    MusterRun run = muster("user", "list", "green", "--csv", "--state", "active", "--after", "n1");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(file);
    assertThat(gateway.asked()).containsExactly("GET /v1/users?query=green&state=ACTIVE&after=n1");
    assertThat(gateway.requests().get(0).headers().getFirst("Accept")).isEqualTo("text/csv");
  }

  @Test
  void csv_has_neither_limit_nor_json() {
    assertThat(muster("user", "list", "--csv", "--json").exitCode()).isEqualTo(2);
    assertThat(muster("user", "list", "--csv", "--limit", "5").exitCode()).isEqualTo(2);
    assertThat(gateway.requests()).isEmpty();
  }

  private MusterRun muster(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--url", gateway.url(), "--token", "T"));
    return MusterRun.of(all.toArray(String[]::new));
  }
}
