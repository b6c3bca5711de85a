package io.muster.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.Jobs;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JobSummaryTest {
  @Test
  void a_dry_run_tells_what_would_fail_the_seats_and_how_to_start_it_for_real() throws IOException {
    assertThat(text(Jobs.dryRun(412, 32)))
        .contains("dry run", "380 would succeed, 32 would fail")
        .contains("note: This file needs 412 seats of E3, 380 are free. (412 rows)\n")
        .contains("nothing was changed. To start it for real: muster job run " + Jobs.ID)
        .doesNotContain("job retry");
  }

  @Test
  void a_job_that_a_guard_paused_tells_why_and_both_ways_on() throws IOException {
    assertThat(text(Jobs.paused("MAX_FAILURES", "20 of 30 rows failed.")))
        .contains("paused: MAX_FAILURES, 20 of 30 rows failed.")
        .contains("to go on, without this guard: muster job resume " + Jobs.ID)
        .contains("to give it up: muster job cancel " + Jobs.ID);
  }

  @Test
  void a_job_that_somebody_paused_has_no_guard_to_be_switched_off() throws IOException {
    assertThat(text(Jobs.paused("REQUESTED", "By ada.")))
        .contains("to go on: muster job resume " + Jobs.ID);
  }

  @Test
  void failed_rows_can_be_retried_once_the_causes_are_gone() throws IOException {
    assertThat(text(Jobs.partlyFailed(10, 4)))
        .contains("once the causes are gone: muster job retry " + Jobs.ID);
  }

  @Test
  void a_mixed_job_is_told_by_operation() throws IOException {
    String mixed =
        Jobs.running(5, 0)
            .replace("\"operation\":\"ADD\"", "\"operation\":\"MIXED\"")
            .replace("{\"ADD\":5}", "{\"SET_PASSWORD\":2,\"ADD\":3}");

    assertThat(text(mixed)).contains(": mixed", "by operation: 3 add, 2 set-password");
  }

  @Test
  void a_child_names_its_parent() throws IOException {
    assertThat(text(Jobs.child("UNDO"))).contains("(undo of " + Jobs.ID + ")");
  }

  @Test
  void a_job_that_waits_for_its_time_says_until_when() throws IOException {
    String waiting =
        Jobs.running(5, 0)
            .replace("\"RUNNING\"", "\"QUEUED\"")
            .replace("\"startedAt\"", "\"startAt\":\"2026-03-02T22:00:00Z\",\"startedAt\"");

    assertThat(text(waiting)).contains("QUEUED, starts at 2026-03-02T22:00:00Z");
  }

  private static String text(String document) throws IOException {
    return new JobSummary(Job.of(new JsonMapper().readTree(document))).text(120);
  }
}
