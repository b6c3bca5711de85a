package io.muster.user.behind;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.user.behind.Backlog.SearchDue;
import io.muster.user.behind.Backlog.Waiting;
import io.muster.user.behind.FollowedLately.Followed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What waits for a running job, and for how long. */
class BacklogTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final UUID BIG = new UUID(1, 1);
  private static final UUID OTHER = new UUID(2, 2);

  private final BehindConfig config = new SomeConfig();

  @Test
  void aBigJobThatHasJustChangedSomethingRuns() {
    Backlog backlog = backlog(List.of(job(BIG, 100_000, 60, 1)), List.of());

    assertThat(backlog.running()).containsExactly(BIG);
    assertThat(backlog.jobsRun()).isTrue();
    assertThat(backlog.tenants()).containsExactly("contoso");
  }

  @Test
  void aSmallJobAQuietOneAndAccountsWithoutAJobDoNotWait() {
    Backlog backlog =
        backlog(
            List.of(job(BIG, 100, 1, 0), job(OTHER, 100_000, 60, 10), job(null, 100_000, 60, 0)),
            List.of());

    assertThat(backlog.running()).isEmpty();
    assertThat(backlog.jobsRun()).isFalse();
    assertThat(backlog.quiet()).isTrue();
  }

  @Test
  void aQuietJobIsFollowedWhileAnotherRuns() {
    Backlog backlog =
        backlog(List.of(job(BIG, 100_000, 60, 1), job(OTHER, 100_000, 60, 10)), List.of());

    assertThat(backlog.running()).containsExactly(BIG);
  }

  @Test
  void aJobThatDoesNotEndWaitsNoLongerThanItMay() {
    Backlog backlog = backlog(List.of(job(BIG, 100_000, 301, 0)), List.of());

    assertThat(backlog.running()).isEmpty();
  }

  @Test
  void moreThanCanBeDoneInAMinuteDoesNotWait() {
    List<Waiting> notes = List.of(job(BIG, 500_000, 60, 0));

    assertThat(backlog(notes, List.of(new SearchDue("contoso", 50_000, true))).running())
        .containsExactly(BIG);
    Backlog tooMuch = backlog(notes, List.of(new SearchDue("contoso", 100_000, true)));
    assertThat(tooMuch.running()).isEmpty();
    assertThat(tooMuch.quiet()).as("the job has the machine all the same").isFalse();
  }

  @Test
  void aBigJobRunsHoweverLittleOfItWaits() {
    Followed lately = followed(BIG, 4_500, 1);

    assertThat(backlog(List.of(job(BIG, 400, 1, 0)), List.of(), lately).running()).isEmpty();
    assertThat(backlog(List.of(job(BIG, 600, 1, 0)), List.of(), lately).running())
        .containsExactly(BIG);
    assertThat(backlog(List.of(), List.of(), followed(BIG, 5_100, 1)).running())
        .as("all of it has been followed, more of it comes")
        .containsExactly(BIG);
    assertThat(backlog(List.of(), List.of(), followed(BIG, 5_100, 4)).running())
        .as("nothing more comes")
        .isEmpty();
  }

  private static Followed followed(UUID job, long rows, long newestSeconds) {
    return new Followed(job, rows, NOW.minus(Duration.ofSeconds(newestSeconds)), NOW);
  }

  private Backlog backlog(List<Waiting> notes, List<SearchDue> due, Followed... lately) {
    return Backlog.of(notes, due, List.of(lately), NOW, config, 600_000);
  }

  private static Waiting job(UUID job, long rows, long oldestSeconds, long newestSeconds) {
    return new Waiting(
        "contoso",
        job,
        rows,
        NOW.minus(Duration.ofSeconds(oldestSeconds)),
        NOW.minus(Duration.ofSeconds(newestSeconds)));
  }
}
