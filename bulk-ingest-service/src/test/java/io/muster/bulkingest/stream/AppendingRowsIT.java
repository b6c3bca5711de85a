package io.muster.bulkingest.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.StandInServices;
import io.muster.bulkingest.Tenant;
import io.muster.bulkingest.stream.AppendingRows.Place;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that come to a job while it runs, and how they reach the bus. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class AppendingRowsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject AppendingRows appending;
  @Inject TenantScope tenants;

  private final Tenant tenant = new Tenant("appending");
  private Feed feed;

  @BeforeEach
  void aFeed() {
    feed = new Feed(appending, tenants, tenant.name());
  }

  @Test
  void rowsOfTwoBatchesGoToOneJobEachWithTheStampOfItsBatch() throws Exception {
    try (StandInServices services = new StandInServices()) {
      List<Place> first = feed.hires(Feed.today(), "a", "b");
      UUID job = first.get(0).jobId();
      await().atMost(PATIENCE).until(() -> services.rows(job).size() == 2);
      List<Place> second = feed.append(Feed.today(), List.of(Feed.row(Operation.DISABLE, "c")));

      assertThat(first).containsExactly(new Place(job, 1), new Place(job, 2));
      assertThat(second).containsExactly(new Place(job, 3));
      await().atMost(PATIENCE).until(() -> services.rows(job).size() == 3);
      List<UserCommand> commands =
          services.commands(job).stream()
              .sorted(Comparator.comparingLong(UserCommand::row))
              .toList();
      List<Stamp> stamps = commands.stream().map(UserCommand::stamp).toList();
      assertThat(stamps).extracting(Stamp::row).containsExactly(1L, 2L, 3L);
      assertThat(stamps.get(0).submission()).isEqualTo(stamps.get(1).submission());
      assertThat(stamps.get(2).submission()).isGreaterThan(stamps.get(1).submission());
      assertThat(commands).extracting(UserCommand::create).containsExactly(true, true, false);
      assertThat(commands).extracting(UserCommand::generate).containsExactly(false, false, true);
      assertThat(commands.get(0).properties()).containsEntry("displayName", "User a");
      assertThat(commands.get(0).actor().subject()).isEqualTo("hr-feed");
      assertThat(tenant.job(job))
          .containsEntry("total", 3L)
          .containsEntry("state", "RUNNING")
          .containsEntry("source", "HR")
          .as("its day and ten minutes more")
          .containsEntry(
              "takes_rows_until",
              Timestamp.from(Feed.today().plusDays(1).atTime(0, 10).toInstant(ZoneOffset.UTC)))
          .as("rows differ")
          .containsEntry("operation", null);
    }
  }

  @Test
  void whoeverAppendsAtTheSameTimeMeetsInOneJobOfTheDayAndNoRowIsLost() {
    List<CompletableFuture<List<Place>>> feeds =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> feed.hires(Feed.today(), "p" + i)))
            .toList();

    List<Place> places = feeds.stream().map(CompletableFuture::join).flatMap(List::stream).toList();

    assertThat(places).extracting(Place::jobId).containsOnly(places.get(0).jobId());
    assertThat(places)
        .extracting(Place::row)
        .containsExactlyInAnyOrderElementsOf(Stream.iterate(1L, row -> row + 1).limit(8).toList());
    assertThat(tenant.jobs()).isEqualTo(1);
    assertThat(tenant.checkpoint(places.get(0).jobId())).containsEntry("total", 8L);
  }

  @Test
  void whatIsAppendedToAPausedJobWaitsUntilItIsResumed() throws Exception {
    try (StandInServices services = new StandInServices()) {
      UUID job = feed.hires(Feed.today(), "before").get(0).jobId();
      await().atMost(PATIENCE).until(() -> services.rows(job).size() == 1);
      tenant.call(job, "pause").statusCode(202);

      assertThat(feed.hires(Feed.today(), "while").get(0)).isEqualTo(new Place(job, 2));
      UUID other = new Feed(appending, tenants, other()).hires(Feed.today(), "x").get(0).jobId();
      await("dispatch has gone on").atMost(PATIENCE).until(() -> !services.rows(other).isEmpty());
      assertThat(services.rows(job)).containsExactly(1L);
      assertThat(tenant.job(job)).containsEntry("total", 2L).containsEntry("state", "PAUSED");

      tenant.call(job, "resume").statusCode(202);
      await().atMost(PATIENCE).until(() -> services.rows(job).contains(2L));
    }
  }

  @Test
  void behindACancelledJobOfTheDayComesAnother() throws Exception {
    try (StandInServices services = new StandInServices()) {
      UUID job = feed.hires(Feed.today(), "a").get(0).jobId();
      await().atMost(PATIENCE).until(() -> services.rows(job).size() == 1);
      tenant.call(job, "pause").statusCode(202);
      feed.hires(Feed.today(), "b", "c");
      tenant.call(job, "cancel").statusCode(202);

      Place next = feed.hires(Feed.today(), "d").get(0);

      assertThat(next.jobId()).isNotEqualTo(job);
      assertThat(next.row()).isEqualTo(1);
      assertThat(tenant.job(job)).containsEntry("cancelled", 2L).containsEntry("total", 3L);
      await().atMost(PATIENCE).until(() -> services.rows(next.jobId()).size() == 1);
      assertThat(services.rows(job)).containsExactly(1L);
    }
  }

  @Test
  void whoeverTakesAJobOverSendsAgainWhatWasNotAcknowledgedUnderTheSameStamps() throws Exception {
    try (StandInServices services = new StandInServices()) {
      UUID job = feed.hires(Feed.today(), "a", "b").get(0).jobId();
      feed.hires(Feed.today(), "c");
      await().atMost(PATIENCE).until(() -> services.rows(job).size() == 3);
      await().atMost(PATIENCE).until(() -> tenant.isReleased(job));

      Tenant.change(
          "UPDATE dispatch_checkpoint SET acked_row = 1, epoch = epoch + 1 WHERE job_id = ?", job);

      await().atMost(PATIENCE).until(() -> services.commands(job).size() == 5);
      List<UserCommand> commands = services.commands(job);
      for (long row : List.of(2L, 3L)) {
        List<UserCommand> same = commands.stream().filter(c -> c.row() == row).toList();
        assertThat(same).hasSize(2);
        assertThat(same.get(1)).isEqualTo(same.get(0));
      }
      assertThat(tenant.checkpoint(job)).containsEntry("dispatched", 3L);
    }
  }

  @Test
  void rowsWhoseFeedDiedBehindItsCommitAreSentAllTheSame() throws Exception {
    try (StandInServices services = new StandInServices()) {
      UUID job =
          QuarkusTransaction.requiringNew()
              .call(
                  () -> {
                    tenants.enter(tenant.name());
                    return appending
                        .append(tenant.name(), Feed.today(), List.of(Feed.hire("a")))
                        .get(0)
                        .jobId();
                  });

      await("nobody told").atMost(PATIENCE).until(() -> services.rows(job).size() == 1);
    }
  }

  @Test
  void aBatchWithoutRowsMakesNoJob() {
    assertThatThrownBy(() -> feed.append(Feed.today(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(tenant.jobs()).isZero();
  }

  private static String other() {
    return new Tenant("beside").name();
  }
}
