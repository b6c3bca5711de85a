package io.muster.cli.job.look;

import static io.muster.cli.StandInGateway.events;
import static io.muster.cli.StandInGateway.hangUp;
import static io.muster.cli.StandInGateway.json;
import static io.muster.cli.StandInGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.Jobs;
import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobCommandsTest {
  private static final String CREDENTIALS =
      "\uFEFFUserPrincipalName,Password,RowNumber\r\n"
          + "ü@x.com,abcde-fghjk,1\r\n"
          + "'=cmd@x.com,\"a\"\"b,c\",7\r\n";

  private final StandInGateway gateway = new StandInGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void watch_ends_with_the_event_of_the_end() {
    gateway.on("GET " + Jobs.PATH, json(200, Jobs.running(10, 1)));
    gateway.on("GET " + Jobs.PATH + "/events", events(Jobs.running(10, 5), Jobs.succeeded(10)));

    MusterRun run = muster("job", "watch", Jobs.ID);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("SUCCEEDED", "10 rows: 10 succeeded");
  }

  @Test
  void watch_of_a_job_that_ended_long_ago_needs_no_events() {
    gateway.on("GET " + Jobs.PATH, json(200, Jobs.partlyFailed(10, 1)));

    MusterRun run = muster("job", "watch", Jobs.ID, "--json");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.json().path("state").asText()).isEqualTo("PARTIALLY_FAILED");
  }

  @Test
  void watch_connects_again_when_the_stream_breaks() {
    gateway.on("GET " + Jobs.PATH, json(200, Jobs.running(10, 1)));
    gateway.on(
        "GET " + Jobs.PATH + "/events",
        events(Jobs.running(10, 5)),
        hangUp(),
        events(Jobs.succeeded(10)));

    MusterRun run = muster("job", "watch", Jobs.ID);

    assertThat(run.exitCode()).isZero();
    assertThat(gateway.requests().stream().filter(r -> r.path().endsWith("/events"))).hasSize(3);
  }

  @Test
  void watch_asks_when_there_are_no_events() {
    gateway.on("GET " + Jobs.PATH, json(200, Jobs.running(10, 1)), json(200, Jobs.succeeded(10)));

    MusterRun run = muster("job", "watch", Jobs.ID);

    assertThat(run.exitCode()).isZero();
  }

  @Test
  void watch_says_why_a_job_is_paused_and_exits_1() {
    gateway.on("GET " + Jobs.PATH, json(200, Jobs.running(100, 1)));
    gateway.on(
        "GET " + Jobs.PATH + "/events", events(Jobs.paused("MAX_FAILURES", "20 rows failed.")));

    MusterRun run = muster("job", "watch", Jobs.ID);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("paused: MAX_FAILURES, 20 rows failed.");
  }

  @Test
  void an_unknown_job_is_a_refusal() {
    MusterRun run = muster("job", "show", "nonsense", "--json");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.json().path("code").asText()).isEqualTo("NOT_FOUND");
    assertThat(run.err()).contains("NOT_FOUND").doesNotContain("Exception");
  }

  @Test
  void nobody_there_is_unreachable() {
    gateway.close();

    MusterRun run = muster("job", "list", "--json");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.json().path("code").asText()).isEqualTo("UNREACHABLE");
    assertThat(run.err()).doesNotContain("Exception");
  }

  @Test
  void somebody_else_there_is_unreachable_too() {
    gateway.on("GET /v1/jobs", text(200, "text/html", "<html>"));

    assertThat(muster("job", "list").exitCode()).isEqualTo(4);
  }

  @Test
  void a_service_that_is_not_available_counts_as_unreachable() {
    gateway.on(
        "GET /v1/jobs",
        json(503, "{\"title\":\"Not now\",\"status\":503,\"code\":\"UNAVAILABLE\"}"));

    assertThat(muster("job", "list").exitCode()).isEqualTo(4);
  }

  @Test
  void list_fits_the_terminal_and_keeps_ids_whole() {
    gateway.on(
        "GET /v1/jobs", json(200, "{\"items\":[" + Jobs.running(10, 1) + "],\"next\":\"n2\"}"));

    MusterRun run =
        MusterRun.of(Map.of("COLUMNS", "90"), new byte[0], at("job", "list", "--limit", "1"));

    assertThat(run.out()).contains(Jobs.ID);
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 90);
    assertThat(run.err()).contains("--after n2");
  }

  @Test
  void list_passes_its_filters_on() {
    gateway.on("GET /v1/jobs", json(200, "{\"items\":[]}"));

    muster("job", "list", "--state", "running", "--operation", "add", "--source", "FILE");

    assertThat(gateway.requests().get(0).path())
        .contains("state=RUNNING", "operation=add", "source=FILE", "limit=100");
  }

  @Test
  void rows_follow_the_pages_up_to_the_limit() {
    gateway.on("GET " + Jobs.PATH + "/rows", json(200, page(1, 1000)), json(200, page(1001, 5)));

    MusterRun run = muster("job", "rows", Jobs.ID, "--limit", "1005", "--json");

    assertThat(run.json().path("items")).hasSize(1005);
    assertThat(run.json().path("next").asText()).isEqualTo("1005");
    assertThat(gateway.requests().get(1).path()).contains("after=1000", "limit=5");
  }

  @Test
  void rows_show_outcome_code_and_message() {
    gateway.on("GET " + Jobs.PATH + "/rows", json(200, page(1, 1)));

    MusterRun run = muster("job", "rows", Jobs.ID, "--outcome", "FAILED", "--code", "X");

    assertThat(run.out()).contains("u1@contoso.com", "FAILED", "USER_NOT_FOUND", "No such user.");
    assertThat(gateway.requests().get(0).path()).contains("outcome=FAILED", "code=X");
  }

  @Test
  void failures_pass_the_csv_through() {
    gateway.on(
        "GET " + Jobs.PATH + "/failures.csv", text(200, "text/csv", "RowNumber,ErrorCode\n1,Ü\n"));

    assertThat(muster("job", "failures", Jobs.ID).out()).isEqualTo("RowNumber,ErrorCode\n1,Ü\n");
  }

  @Test
  void credentials_pass_the_csv_through() {
    gateway.on("GET " + Jobs.PATH + "/credentials.csv", text(200, "text/csv", CREDENTIALS));

    MusterRun run = muster("job", "credentials", Jobs.ID);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(CREDENTIALS);
    assertThat(run.err()).doesNotContain("abcde");
    assertThat(gateway.requests()).hasSize(1);
  }

  @Test
  void credentials_as_json_are_an_array_of_what_the_cells_mean() {
    gateway.on("GET " + Jobs.PATH + "/credentials.csv", text(200, "text/csv", CREDENTIALS));

    MusterRun run = muster("job", "credentials", Jobs.ID, "--json");

    assertThat(run.json().toString())
        .isEqualTo(
            """
            [{"row":1,"userPrincipalName":"ü@x.com","password":"abcde-fghjk"},\
            {"row":7,"userPrincipalName":"=cmd@x.com","password":"a\\"b,c"}]\
            """);
  }

  @Test
  void credentials_of_a_job_that_generated_none_are_an_empty_array() {
    gateway.on(
        "GET " + Jobs.PATH + "/credentials.csv",
        text(200, "text/csv", "\uFEFFUserPrincipalName,Password,RowNumber\r\n"));

    assertThat(muster("job", "credentials", Jobs.ID, "--json").json().toString()).isEqualTo("[]");
  }

  @Test
  void credentials_are_shredded_after_they_were_printed() {
    gateway.on("GET " + Jobs.PATH + "/credentials.csv", text(200, "text/csv", CREDENTIALS));
    gateway.on("DELETE " + Jobs.PATH + "/credentials.csv", text(204, "text/plain", ""));

    MusterRun run = muster("job", "credentials", Jobs.ID, "--delete");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(CREDENTIALS);
    assertThat(gateway.requests().stream().map(StandInGateway.Request::method))
        .containsExactly("GET", "DELETE");
  }

  @Test
  void credentials_that_broke_off_are_not_shredded() {
    gateway.on(
        "GET " + Jobs.PATH + "/credentials.csv",
        exchange -> {
          exchange.sendResponseHeaders(200, 10_000);
          exchange.getResponseBody().write(CREDENTIALS.getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          exchange.close();
        });

    for (String[] more : new String[][] {{"--delete"}, {"--delete", "--json"}}) {
      MusterRun run =
          muster(
              Stream.concat(Stream.of("job", "credentials", Jobs.ID), Stream.of(more))
                  .toArray(String[]::new));
      assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
    }
    assertThat(gateway.requests().stream().map(StandInGateway.Request::method)).containsOnly("GET");
  }

  @Test
  void credentials_that_are_gone_are_a_refusal() {
    gateway.on(
        "GET " + Jobs.PATH + "/credentials.csv",
        json(410, "{\"title\":\"Gone\",\"status\":410,\"code\":\"CREDENTIALS_GONE\"}"));

    MusterRun run = muster("job", "credentials", Jobs.ID, "--json");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.json().path("code").asText()).isEqualTo("CREDENTIALS_GONE");
  }

  @Test
  void control_characters_of_other_people_do_not_reach_the_terminal() {
    gateway.on(
        "GET " + Jobs.PATH,
        json(200, Jobs.running(1, 0).replace("hires.csv", "\\u001b[2Jevil.csv")));

    assertThat(muster("job", "show", Jobs.ID).out()).doesNotContain("\u001b");
  }

  private static String page(int from, int count) {
    StringBuilder items = new StringBuilder();
    for (int row = from; row < from + count; row++) {
      items.append(items.length() == 0 ? "" : ",");
      items.append(
          """
          {"row":%d,"userPrincipalName":"u%d@contoso.com","outcome":"FAILED",\
          "code":"USER_NOT_FOUND","message":"No such user."}\
          """
              .formatted(row, row));
    }
    return "{\"items\":[" + items + "],\"next\":\"" + (from + count - 1) + "\"}";
  }

  private MusterRun muster(String... args) {
    return MusterRun.of(at(args));
  }

  private String[] at(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--url", gateway.url(), "--token", "T"));
    return all.toArray(String[]::new);
  }
}
