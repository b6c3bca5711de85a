package io.muster.cli.subscription;

import static io.muster.cli.StandInGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriptionCommandsTest {
  private static final String E3 =
      """
      {"sku":"E3","name":"Office 365 E3","totalSeats":500,"assignedSeats":120,"freeSeats":380}
      """;

  private final StandInGateway gateway = new StandInGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void list_shows_total_assigned_and_free_seats() {
    gateway.on("GET /v1/subscriptions", json(200, "{\"items\":[" + E3 + "],\"next\":null}"));

    MusterRun run = muster("subscription", "list");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            SKU  NAME           TOTAL  ASSIGNED  FREE
            E3   Office 365 E3  500    120       380
            """);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void list_goes_on_where_a_page_ended_and_says_where_it_stopped() {
    gateway.on("GET /v1/subscriptions", json(200, "{\"items\":[" + E3 + "],\"next\":\"RTM\"}"));

    MusterRun run = muster("subscription", "list", "--limit", "1");

    assertThat(run.err()).isEqualTo("There is more: --after RTM\n");
  }

  @Test
  void list_as_json_is_one_document() {
    gateway.on("GET /v1/subscriptions", json(200, "{\"items\":[" + E3 + "],\"next\":null}"));

    MusterRun run = muster("subscription", "list", "--json");

    assertThat(run.json().at("/items/0/freeSeats").asInt()).isEqualTo(380);
  }

  @Test
  void set_puts_seats_and_name_under_the_sku() throws IOException {
    gateway.on("PUT /v1/subscriptions/Office%20E3%2F1", json(200, E3));

    MusterRun run =
        muster("subscription", "set", "Office E3/1", "--seats", "500", "--name", "Office 365 E3");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Office 365 E3", "500", "120", "380");
    assertThat(new JsonMapper().readTree(gateway.requests().get(0).body()))
        .isEqualTo(new JsonMapper().readTree("{\"totalSeats\":500,\"name\":\"Office 365 E3\"}"));
  }

  @Test
  void set_without_a_name_leaves_it_alone() {
    gateway.on("PUT /v1/subscriptions/E3", json(200, E3));

    MusterRun run = muster("subscription", "set", "E3", "--seats", "500", "--json");

    assertThat(run.json().path("assignedSeats").asInt()).isEqualTo(120);
    assertThat(
            new String(gateway.requests().get(0).body(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"totalSeats\":500}");
  }

  @Test
  void fewer_seats_than_are_assigned_is_refused_by_the_service() {
    gateway.on(
        "PUT /v1/subscriptions/E3",
        json(
            409,
            """
            {"title":"More seats are assigned than that","status":409,"code":"SEATS_IN_USE",
             "detail":"120 seats of E3 are assigned."}
            """));

    MusterRun run = muster("subscription", "set", "E3", "--seats", "5");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("muster: 120 seats of E3 are assigned. (SEATS_IN_USE)\n");
  }

  @Test
  void set_needs_a_number_of_seats() {
    assertThat(muster("subscription", "set", "E3").exitCode()).isEqualTo(2);
    assertThat(muster("subscription", "set", "E3", "--seats", "many").exitCode()).isEqualTo(2);
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void the_cmdlets_name_is_understood() {
    gateway.on("GET /v1/subscriptions", json(200, "{\"items\":[" + E3 + "],\"next\":null}"));

    MusterRun run = muster("Get-MSOnlineSubscription", "--limit", "5");

    assertThat(run.out()).contains("E3");
    assertThat(gateway.requests().get(0).path()).isEqualTo("/v1/subscriptions?limit=5");
  }

  private MusterRun muster(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--url", gateway.url(), "--token", "T"));
    return MusterRun.of(all.toArray(String[]::new));
  }
}
