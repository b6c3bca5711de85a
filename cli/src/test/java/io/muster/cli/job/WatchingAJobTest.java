package io.muster.cli.job;

import static io.muster.cli.StandInGateway.events;
import static io.muster.cli.StandInGateway.hangUp;
import static io.muster.cli.StandInGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.CommandFailed;
import io.muster.cli.Jobs;
import io.muster.cli.StandInGateway;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceAddress;
import io.muster.cli.terminal.Progress;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchingAJobTest {
  private final StandInGateway gateway = new StandInGateway();
  private final List<String> shown = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void a_service_that_restarts_is_waited_for_and_said_so_once() throws IOException {
    gateway.on("GET " + Jobs.PATH + "/events", hangUp(), hangUp(), events(Jobs.succeeded(10)));
    gateway.on("GET " + Jobs.PATH, hangUp(), hangUp(), hangUp(), json(200, Jobs.running(10, 5)));

    JsonNode end = watching().untilItEnds(document(Jobs.running(10, 1)));

    assertThat(end.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(notes).hasSize(2);
    assertThat(notes.get(0)).contains("away");
    assertThat(notes.get(1)).contains("back");
  }

  @Test
  void a_service_that_stays_away_is_given_up_after_minutes() {
    gateway.close();

    assertThatThrownBy(() -> watching().untilItEnds(document(Jobs.running(10, 1))))
        .isInstanceOfSatisfying(
            CommandFailed.class, failed -> assertThat(failed.exitCode()).isEqualTo(4));
    assertThat(now).isAfter(Instant.parse("2026-03-01T10:02:00Z"));
  }

  @Test
  void a_refusal_ends_the_watching_at_once() {
    assertThatThrownBy(() -> watching().untilItEnds(document(Jobs.running(10, 1))))
        .isInstanceOfSatisfying(
            CommandFailed.class, failed -> assertThat(failed.exitCode()).isEqualTo(3));
    assertThat(now).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
  }

  @Test
  void progress_shows_every_event() throws IOException {
    gateway.on(
        "GET " + Jobs.PATH + "/events",
        events(Jobs.running(10, 3), Jobs.running(10, 7), Jobs.succeeded(10)));

    watching().untilItEnds(document(Jobs.running(10, 1)));

    assertThat(shown)
        .containsExactly("1/10 RUNNING", "3/10 RUNNING", "7/10 RUNNING", "10/10 SUCCEEDED");
  }

  @Test
  void after_some_streams_without_an_event_it_only_asks() throws IOException {
    gateway.on("GET " + Jobs.PATH + "/events", events());
    gateway.on(
        "GET " + Jobs.PATH,
        json(200, Jobs.running(10, 2)),
        json(200, Jobs.running(10, 4)),
        json(200, Jobs.running(10, 6)),
        json(200, Jobs.running(10, 8)),
        json(200, Jobs.succeeded(10)));

    watching().untilItEnds(document(Jobs.running(10, 1)));

    assertThat(gateway.requests().stream().filter(r -> r.path().endsWith("/events"))).hasSize(3);
    assertThat(shown).last().isEqualTo("10/10 SUCCEEDED");
  }

  private WatchingAJob watching() {
    Service service = new Service(new ServiceAddress(URI.create(gateway.url()), () -> "T"));
    Progress progress =
        new Progress() {
          @Override
          public void show(long done, long total, String remark) {
            shown.add(done + "/" + total + " " + remark);
          }

          @Override
          public void note(String line) {
            notes.add(line);
          }

          @Override
          public void close() {}
        };
    return new WatchingAJob(service, progress, () -> now, this::passTime);
  }

  private void passTime(Duration duration) {
    now = now.plus(duration);
  }

  private static JsonNode document(String json) throws IOException {
    return new JsonMapper().readTree(json);
  }
}
