package io.muster.cli.user.property;

import static io.muster.cli.StandInGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import io.muster.contracts.command.AccountProperty;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangingPropertiesTest {
  private static final String CHRIS =
      "{\"id\":\"1\",\"userPrincipalName\":\"chris@contoso.com\",\"state\":\"ACTIVE\"}";
  private static final String PATH = "/v1/users/chris%40contoso.com";

  private final StandInGateway gateway = new StandInGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void set_sends_only_what_was_named() {
    gateway.on("PATCH " + PATH, json(200, CHRIS));

    MusterRun run =
        set("--job-title", "IT Manager", "--unit", "shop-17", "--clear", "Fax", "--no-protected");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("chris@contoso.com");
    assertThat(gateway.onlyBody().toString())
        .isEqualTo(
            "{\"jobTitle\":\"IT Manager\",\"unit\":\"shop-17\",\"fax\":null,\"protected\":false}");
  }

  @Test
  void set_has_an_option_for_every_property() {
    gateway.on("PATCH " + PATH, json(200, CHRIS));
    List<String> words = new ArrayList<>();
    for (AccountProperty property : AccountProperty.inFiles()) {
      words.addAll(List.of(PropertyOptions.option(property), "v" + property.ordinal()));
    }

    set(words.toArray(String[]::new));

    for (AccountProperty property : AccountProperty.inFiles()) {
      assertThat(gateway.onlyBody().path(property.field()).asText())
          .isEqualTo("v" + property.ordinal());
    }
  }

  @Test
  void a_property_to_be_cleared_may_be_spelt_as_people_do() {
    gateway.on("PATCH " + PATH, json(200, CHRIS));

    set("--clear", "job-title", "--clear", "officePhone");

    assertThat(gateway.onlyBody().toString()).isEqualTo("{\"jobTitle\":null,\"officePhone\":null}");
  }

  @Test
  void what_would_change_nothing_or_contradicts_itself_reaches_nobody() {
    assertThat(set().err()).contains("Say what to change");
    assertThat(set("--fax", "").err()).contains("--clear Fax");
    assertThat(set("--fax", "1", "--clear", "Fax").err()).contains("Both set and clear Fax");
    assertThat(set("--clear", "Shoes").err()).contains("'Shoes' is none of DisplayName");
    assertThat(set("--clear", "Shoes").exitCode()).isEqualTo(2);
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void set_licenses_sends_the_exact_set() {
    gateway.on("PUT " + PATH + "/licenses", json(200, CHRIS));

    MusterRun run = licenses("--license", "E3", "--license", "VISIO");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(gateway.onlyBody().toString()).isEqualTo("{\"licenses\":[\"E3\",\"VISIO\"]}");
  }

  @Test
  void set_licenses_to_none_must_be_said() {
    gateway.on("PUT " + PATH + "/licenses", json(200, CHRIS));

    assertThat(licenses().exitCode()).isEqualTo(2);
    assertThat(licenses("--none", "--license", "E3").exitCode()).isEqualTo(2);
    assertThat(licenses("--none").exitCode()).isZero();

    assertThat(gateway.onlyBody().toString()).isEqualTo("{\"licenses\":[]}");
  }

  private MusterRun set(String... more) {
    return muster("set", more);
  }

  private MusterRun licenses(String... more) {
    return muster("set-licenses", more);
  }

  private MusterRun muster(String verb, String... more) {
    List<String> words = new ArrayList<>(List.of("user", verb, "chris@contoso.com"));
    words.addAll(List.of(more));
    return MusterRun.of(gateway.at(words.toArray(String[]::new)));
  }
}
