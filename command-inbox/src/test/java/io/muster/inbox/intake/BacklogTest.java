package io.muster.inbox.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.inbox.batch.Polled;
import io.muster.inbox.batch.Polls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** One worker at a time, and a bound. */
class BacklogTest {
  private static final Duration FOR_EVER = Duration.ofMinutes(5);

  private final Polls polls = new Polls();
  private final List<Runnable> begun = new ArrayList<>();
  private final Backlog backlog = new Backlog(5, begun::add, () -> {});

  @Test
  void theNextPollIsAskedForUntilTheBoundIsReached() {
    assertThat(offer(3)).isDone();
    CompletionStage<Void> full = offer(3);
    assertThat(full).isNotDone();

    backlog.takeIn();
    assertThat(full).as("what is only looked at isn't done").isNotDone();
    backlog.done(1);
    assertThat(full).isNotDone();
    backlog.done(1);
    assertThat(full).isCompleted();
  }

  @Test
  void oneWorkerTakesWhatCameInTheOrderOfThePolls() {
    offer(1);
    offer(2);

    assertThat(begun).hasSize(1);
    assertThat(backlog.takeIn()).extracting(Polled::number).containsExactly(1L, 2L);
    assertThat(backlog.takeIn()).isEmpty();
  }

  @Test
  void anotherWorkerBeginsOnlyWhenTheOneBeforeHasEnded() {
    offer(1);
    backlog.takeIn();
    offer(1);

    assertThat(backlog.nothingLeft()).as("it came meanwhile").isFalse();
    backlog.takeIn();
    assertThat(backlog.nothingLeft()).isTrue();
    assertThat(begun).hasSize(1);
    offer(1);
    assertThat(begun).hasSize(2);
  }

  @Test
  void whenTheWorkerBrokeTheChannelHearsOfIt() {
    CompletionStage<Void> full = offer(6);

    backlog.breakOff(new IllegalStateException("a fault of ours"));

    assertThat(full).isCompletedExceptionally();
    assertThat(offer(1)).isCompletedExceptionally();
  }

  @Test
  void theWorkerWaitsForMoreOrForWhatItWaitsForAnyway() throws Exception {
    CompletableFuture<Void> other = new CompletableFuture<>();
    assertThat(backlog.moreCame(other, Duration.ofMillis(1))).as("patience ran out").isFalse();
    offer(1);
    assertThat(backlog.moreCame(other, FOR_EVER)).as("it came before").isTrue();
    backlog.takeIn();

    assertThat(meanwhile(() -> offer(1), () -> backlog.moreCame(other, FOR_EVER))).isTrue();
    backlog.takeIn();
    assertThat(meanwhile(() -> other.complete(null), () -> backlog.moreCame(other, FOR_EVER)))
        .isFalse();
    assertThat(backlog.moreCame(CompletableFuture.failedFuture(new IOException()), FOR_EVER))
        .as("done is done")
        .isFalse();
  }

  /** Does something when somebody waits. */
  private static boolean meanwhile(Runnable happens, BooleanSupplier waits) throws Exception {
    CompletableFuture<Boolean> waited = new CompletableFuture<>();
    Thread waiting = new Thread(() -> waited.complete(waits.getAsBoolean()));
    waiting.start();
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    happens.run();
    return waited.get(30, TimeUnit.SECONDS);
  }

  private CompletionStage<Void> offer(int rows) {
    return backlog.offer(List.of(polls.rows(0, Polls.BIG, rows)));
  }
}
