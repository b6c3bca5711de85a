package io.muster.inbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.inbox.batch.Polled;
import io.muster.inbox.batch.Polls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** One worker at a time, and a bound. */
class BacklogTest {
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

  private CompletionStage<Void> offer(int rows) {
    return backlog.offer(List.of(polls.rows(0, Polls.BIG, rows)));
  }
}
