package io.muster.inbox.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.inbox.InboxDatabase;
import io.muster.inbox.batch.Batch;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Order.Verb;
import io.muster.inbox.batch.Orders;
import io.muster.inbox.database.DayPartitions;
import io.muster.inbox.database.Transactions;
import io.muster.inbox.watch.IntakeWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What the database does with a batch, and its connection then says. */
class UntilCommittedIT {
  private final InboxDatabase database = InboxDatabase.shared();
  private final People people = new People(database);
  private final DayPartitions days = new DayPartitions(database.dataSource(), database);
  private final IntakeWatch watch = new IntakeWatch(Clock.systemUTC(), Duration.ofMillis(1));
  private final OrderTopic topic = new OrderTopic(database);

  /** Commits the first one, and doesn't hear of it. */
  private final Transactions deaf =
      new Transactions() {
        private boolean heard;

        @Override
        public <T> T inNew(Callable<T> work) {
          T result = database.inNew(work);
          if (!heard) {
            heard = true;
            throw new IllegalStateException("the connection broke at the commit");
          }
          return result;
        }
      };

  @Test
  void whatWasDoneAnewByATryThatNobodyHeardOfIsAnsweredByTheNext() {
    topic.with(
        List.of(topic.order(1, Verb.ADD, "ada", null), topic.order(2, Verb.ADD, "bob", null)));
    days.ensure(Set.of(LocalDate.now(ZoneOffset.UTC)));

    Answers<Order> answers = answer(topic.lastAnswered(0, 2));

    assertThat(answers.answers()).extracting(a -> a.command().row()).containsExactly(1L, 2L);
    assertThat(people.applied.get()).isEqualTo(2);
  }

  private Answers<Order> answer(Batch<Order> batch) {
    UntilCommitted until =
        new UntilCommitted(
            new CommandInbox(database.dataSource()), days, deaf, new SimpleMeterRegistry());
    try (IntakeWatch.Watched watched = watch.begin()) {
      return until.answer(new Orders(), people, batch, (partition, gap) -> false, watched);
    }
  }
}
