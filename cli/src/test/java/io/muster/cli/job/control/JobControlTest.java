package io.muster.cli.job.control;

import static io.muster.cli.StandInGateway.events;
import static io.muster.cli.StandInGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.Jobs;
import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobControlTest {
  private final StandInGateway gateway = new StandInGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "cancel", "close"})
  void a_verb_is_asked_for_and_the_job_shown(String verb) {
    gateway.on("POST " + Jobs.PATH + "/" + verb, json(202, Jobs.paused("REQUESTED", "By ada.")));

    MusterRun run = muster("job", verb, Jobs.ID);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("job " + Jobs.ID, "PAUSED");
    assertThat(gateway.asked()).containsExactly("POST " + Jobs.PATH + "/" + verb);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "cancel", "close", "run", "retry", "undo"})
  void with_json_it_is_the_job_s_document(String verb) {
    gateway.on("POST " + Jobs.PATH + "/" + verb, json(202, Jobs.child("RETRY")));

    MusterRun run = muster("job", verb, Jobs.ID, "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.json().path("id").asText()).isEqualTo(Jobs.CHILD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "cancel", "close", "run", "retry", "undo"})
  void what_the_state_forbids_is_a_refusal(String verb) {
    gateway.on(
        "POST " + Jobs.PATH + "/" + verb,
        json(
            409,
            "{\"title\":\"Not possible in this state\",\"status\":409,\"code\":\"WRONG_STATE\"}"));

    MusterRun run = muster("job", verb, Jobs.ID);

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("WRONG_STATE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "retry", "undo"})
  void a_child_s_id_stands_alone_on_standard_output(String verb) {
    gateway.on("POST " + Jobs.PATH + "/" + verb, json(202, Jobs.child("RUN")));

    MusterRun run = muster("job", verb, Jobs.ID);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(Jobs.CHILD + "\n");
    assertThat(run.err()).contains("muster job watch " + Jobs.CHILD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "retry", "undo"})
  void a_child_is_watched_to_its_end_and_its_end_is_the_exit_code(String verb) {
    gateway.on("POST " + Jobs.PATH + "/" + verb, json(202, Jobs.child("RETRY")));
    gateway.on(
        "GET /v1/jobs/" + Jobs.CHILD + "/events",
        events(Jobs.partlyFailed(4, 1).replace(Jobs.ID, Jobs.CHILD)));

    MusterRun run = muster("job", verb, Jobs.ID, "--watch", "--max-failures", "100%");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).startsWith(Jobs.CHILD + "\n").contains("3 succeeded, 1 failed");
    assertThat(gateway.asked().get(0)).endsWith(verb + "?maxFailures=100%25");
  }

  @Test
  void resume_can_watch_the_job_that_it_resumed() {
    gateway.on("POST " + Jobs.PATH + "/resume", json(202, Jobs.running(10, 1)));
    gateway.on("GET " + Jobs.PATH + "/events", events(Jobs.succeeded(10)));

    MusterRun run = muster("job", "resume", Jobs.ID, "--watch");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("SUCCEEDED");
  }

  @Test
  void what_is_no_number_of_failures_reaches_nobody() {
    for (String wrong : new String[] {"many", "101%", "-1", "5 %", ""}) {
      assertThat(muster("job", "retry", Jobs.ID, "--max-failures", wrong).exitCode())
          .as(wrong)
          .isEqualTo(2);
    }
    assertThat(gateway.requests()).isEmpty();
  }

  private MusterRun muster(String... args) {
    return MusterRun.of(gateway.at(args));
  }
}
