package io.muster.inbox.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.inbox.CommandHandler;
import io.muster.inbox.InboxDatabase;
import io.muster.inbox.Outcome;
import io.muster.inbox.Preparation;
import io.muster.inbox.batch.Batch;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Order.Verb;
import io.muster.inbox.batch.Orders;
import io.muster.inbox.batch.Received;
import io.muster.inbox.database.DayPartitions;
import io.muster.inbox.once.CommandInbox;
import io.muster.inbox.once.OrderTopic;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What is slow is begun a batch ahead, and never twice. */
class PreparingAheadIT {
  private final InboxDatabase database = InboxDatabase.shared();
  private final CommandInbox inbox = new CommandInbox(database.dataSource());
  private final OrderTopic topic = new OrderTopic(database);
  private final Slow handler = new Slow();

  /** Everything needs to be prepared; it notes what was. */
  private static final class Slow implements CommandHandler<Order> {
    private final List<List<Long>> begun = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private int failing;
    private boolean breaking;

    @Override
    public boolean needsPreparing(Order command) {
      return true;
    }

    @Override
    public Preparation<Order> preparing(List<Order> commands) {
      if (breaking) {
        throw new IllegalStateException("no key");
      }
      List<Long> rows = commands.stream().map(Order::row).toList();
      begun.add(rows);
      return new Preparation<>() {
        @Override
        public CompletionStage<Void> ready() {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public CommandHandler<Order> handler() {
          if (failing-- > 0) {
            throw new IllegalStateException("no memory");
          }
          ended.add("done " + rows);
          return Slow.this;
        }

        @Override
        public void close() {
          ended.add("closed " + rows);
        }
      };
    }

    @Override
    public List<Outcome> apply(List<Order> round) {
      return round.stream().map(order -> Outcome.applied()).toList();
    }
  }

  @Test
  void theNextBatchIsBegunBeforeTheOneBeforeIsCommittedAndNeverTwice() {
    twoBatchesOfTwo();

    try (PreparingAhead<Order> ahead = new PreparingAhead<>(handler, this::unseen)) {
      CommandHandler<Order> first = ahead.handlerOf(topic.poll(0, 2));
      Batch<Order> second = topic.poll(2, 4);
      ahead.begin(second);
      assertThat(handler.begun).containsExactly(List.of(1L, 2L), List.of(3L, 4L));
      answer(topic.poll(0, 2), first);
      answer(second, ahead.handlerOf(second));
    }

    assertThat(handler.begun).hasSize(2);
    assertThat(handler.ended)
        .containsExactly("done [1, 2]", "closed [1, 2]", "done [3, 4]", "closed [3, 4]");
  }

  @Test
  void whatStandsTwiceInAPollIsPreparedOnce() {
    topic.with(
        List.of(
            topic.order(1, Verb.ADD, "ada", null),
            topic.order(1, Verb.ADD, "ada", null),
            topic.order(2, Verb.ADD, "bob", null),
            topic.order(1, Verb.ADD, "ada", null)));

    try (PreparingAhead<Order> ahead = new PreparingAhead<>(handler, this::unseen)) {
      ahead.handlerOf(topic.poll(0, 2));
      ahead.begin(topic.poll(2, 4));
    }

    assertThat(handler.begun).containsExactly(List.of(1L), List.of(2L));
  }

  @Test
  void whatWasAnsweredBeforeIsNotPrepared() {
    twoBatchesOfTwo();
    answer(topic.poll(0, 3), handler);

    try (PreparingAhead<Order> ahead = new PreparingAhead<>(handler, this::unseen)) {
      ahead.handlerOf(topic.poll(0, 2));
      ahead.handlerOf(topic.poll(2, 4));
    }

    assertThat(handler.begun).containsExactly(List.of(), List.of(4L));
  }

  @Test
  void whatWasBegunForABatchThatGetsNoTurnIsGivenUp() {
    twoBatchesOfTwo();

    try (PreparingAhead<Order> ahead = new PreparingAhead<>(handler, this::unseen)) {
      ahead.begin(topic.poll(0, 2));
    }

    assertThat(handler.ended).containsExactly("closed [1, 2]");
  }

  @Test
  void whatFailsIsBegunAgainInItsOwnTurn() {
    twoBatchesOfTwo();
    Batch<Order> batch = topic.poll(0, 2);

    try (PreparingAhead<Order> ahead = new PreparingAhead<>(handler, this::unseen)) {
      handler.breaking = true;
      ahead.begin(batch);
      handler.breaking = false;
      handler.failing = 1;
      assertThatThrownBy(() -> ahead.handlerOf(batch)).hasMessage("no memory");
      assertThat(ahead.handlerOf(batch)).isSameAs(handler);
    }

    assertThat(handler.begun).containsExactly(List.of(1L, 2L), List.of(1L, 2L));
    assertThat(handler.ended).containsExactly("closed [1, 2]", "done [1, 2]", "closed [1, 2]");
  }

  private List<Received<Order>> unseen(List<Received<Order>> commands) {
    return database.inNew(() -> inbox.unseen(commands));
  }

  private void twoBatchesOfTwo() {
    new DayPartitions(database.dataSource(), database)
        .ensure(Set.of(LocalDate.now(ZoneOffset.UTC)));
    topic.with(
        List.of(
            topic.order(1, Verb.ADD, "ada", null),
            topic.order(2, Verb.ADD, "bob", null),
            topic.order(3, Verb.ADD, "cy", null),
            topic.order(4, Verb.ADD, "dee", null)));
  }

  private void answer(Batch<Order> batch, CommandHandler<Order> applying) {
    database.inNew(() -> inbox.answer(new Orders(), applying, batch, (partition, offset) -> false));
  }
}
