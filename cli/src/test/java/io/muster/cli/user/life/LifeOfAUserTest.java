package io.muster.cli.user.life;

import static io.muster.cli.StandInGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.Answering;
import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifeOfAUserTest {
  private static final String UPN = "chris@contoso.com";
  private static final String PATH = "/v1/users/chris%40contoso.com";
  private static final String CHRIS =
      "{\"id\":\"1\",\"userPrincipalName\":\"chris@contoso.com\",\"state\":\"REMOVED\"}";

  private final StandInGateway gateway = new StandInGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"enable", "disable", "restore"})
  void a_verb_is_asked_for_and_the_user_shown(String verb) {
    gateway.on("POST " + PATH + "/" + verb, json(200, CHRIS));

    MusterRun run = MusterRun.of(gateway.at("user", verb, UPN));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(UPN);
    assertThat(gateway.asked()).containsExactly("POST " + PATH + "/" + verb);
  }

  @Test
  void remove_asks_on_a_terminal_and_takes_only_yes() {
    gateway.on("DELETE " + PATH, json(200, CHRIS));
    for (String answer : new String[] {"", "n", "no", "maybe"}) {
      MusterRun refused = MusterRun.with(new Answering(answer), gateway.at("user", "remove", UPN));

      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.err()).contains("Nothing was removed");
    }
    assertThat(gateway.requests()).isEmpty();

    Answering person = new Answering("y");
    MusterRun removed = MusterRun.with(person, gateway.at("user", "remove", UPN));

    assertThat(removed.exitCode()).isZero();
    assertThat(person.questions()).singleElement().asString().contains(UPN, "30 days");
    assertThat(gateway.asked()).containsExactly("DELETE " + PATH);
  }

  @Test
  void remove_asks_nobody_in_a_script_or_with_yes() {
    gateway.on("DELETE " + PATH, json(200, CHRIS));
    Answering person = new Answering();

    assertThat(MusterRun.of(gateway.at("user", "remove", UPN)).exitCode()).isZero();
    assertThat(MusterRun.with(person, gateway.at("user", "remove", UPN, "--yes")).exitCode())
        .isZero();

    assertThat(person.questions()).isEmpty();
    assertThat(gateway.requests()).hasSize(2);
  }

  @Test
  void a_password_that_was_made_at_enabling_is_shown_and_said_to_be_shown_once() {
    gateway.on(
        "POST " + PATH + "/enable", json(200, CHRIS.replace("}", ",\"password\":\"abc-def\"}")));

    MusterRun run = MusterRun.of(gateway.at("user", "enable", UPN, "--license", "E3"));

    assertThat(run.out()).contains("abc-def");
    assertThat(run.err()).contains("shown this once").doesNotContain("abc-def");
  }

  @Test
  void a_call_that_was_told_to_wait_is_made_again() {
    gateway.on("POST " + PATH + "/enable", tooMany("1"), json(200, CHRIS));

    MusterRun run = MusterRun.of(gateway.at("user", "enable", UPN));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(gateway.asked()).hasSize(2);
    assertThat(gateway.requests().get(1).body()).isEqualTo(gateway.requests().get(0).body());
  }

  @Test
  void nobody_waits_longer_than_a_minute_for_one_call() {
    gateway.on("POST " + PATH + "/enable", tooMany("61"));

    MusterRun run = MusterRun.of(gateway.at("user", "enable", UPN));

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("Too many calls");
    assertThat(gateway.asked()).hasSize(1);
  }

  private static StandInGateway.Answer tooMany(String seconds) {
    return exchange -> {
      exchange.getResponseHeaders().set("Retry-After", seconds);
      json(429, "{\"title\":\"Too many calls\",\"status\":429,\"code\":\"TOO_MANY_REQUESTS\"}")
          .to(exchange);
    };
  }
}
