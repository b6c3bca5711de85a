package io.muster.inbox.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.inbox.CommandHandler;
import io.muster.inbox.Outcome;
import io.muster.inbox.Preparation;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Orders;
import io.muster.inbox.batch.Polls;
import io.muster.inbox.batch.SlowOnes;
import io.muster.inbox.watch.IntakeWatch;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What needs to be prepared and what doesn't: neither waits for ever, and what is small hardly. */
class TakingTurnsTest {
  private final IntakeWatch watch = new IntakeWatch(Clock.systemUTC(), Duration.ofMillis(1));
  private final Deque<Runnable> begun = new ArrayDeque<>();
  private final Polls polls = new Polls();
  private final Noting way = new Noting();
  private final WorkingOff<Order> client =
      new WorkingOff<>(
          new Orders(), new SlowOnes(2), way, watch, begun::add, WorkingOff.Limits.USUAL, () -> 0);

  @Test
  void whatIsQuickPassesASlowBatchThatIsStillBeingPrepared() {
    client.offer(List.of(polls.of(0, "slow", "slow", "slow", "slow", "slow", "slow")));
    way.during(
        1,
        () -> {
          client.offer(List.of(polls.single(0, 1, "slow"), polls.single(0, 2, "fast")));
          client.offer(List.of(polls.of(1, "fast"), polls.of(2, "slow")));
        });

    begun.remove().run();

    assertThat(way.batches)
        .as("but for what stands behind it with its own key")
        .containsExactly("0:2 prepared", "0:0 1:1", "0:2 prepared", "0:4 prepared", "2:1 prepared");
  }

  @Test
  void aSingleCallDoesntTakeTheTurnOfABigJobThatIsQuick() {
    client.offer(
        List.of(
            polls.of(0, "slow", "slow", "slow", "slow"),
            polls.single(1, 1, "ada"),
            polls.rows(2, Polls.BIG, 300)));

    begun.remove().run();

    assertThat(way.batches).containsExactly("1:1", "2:300", "0:2 prepared", "0:2 prepared");
  }

  @Test
  void slowOnesHaveTheirTurnHoweverManySingleCallsCome() {
    client.offer(List.of(polls.of(0, "slow", "slow", "slow", "slow")));
    way.always(
        () -> {
          if (way.batches.size() < 7) {
            client.offer(List.of(polls.single(1, way.batches.size(), "ada")));
          }
        });

    begun.remove().run();

    assertThat(way.batches).startsWith("0:2 prepared", "1:1", "1:1", "0:2 prepared", "1:2");
  }

  @Test
  void aSlowBatchThatWasChosenBehindAGapIsDroppedAsWell() {
    way.gap = 0L;
    client.offer(List.of(polls.of(0, "slow", "slow", "slow", "slow")));
    way.settling = () -> way.gap = null;

    begun.remove().run();

    assertThat(way.batches).containsExactly("0:2 prepared");
    assertThat(begun).isEmpty();
  }

  @Test
  void whatIsQuickIsDoneAsItComesWhileOthersAreStillPrepared() throws Exception {
    Held held = new Held();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      WorkingOff<Order> waiting =
          new WorkingOff<>(
              new Orders(),
              held,
              way,
              watch,
              threads,
              new WorkingOff.Limits(1_500, 6_000, Duration.ofMinutes(5)),
              () -> 0);
      waiting.offer(List.of(polls.of(0, "slow", "slow"), polls.single(1, 1, "ada")));
      await().until(() -> held.begun);
      await().until(() -> way.batches.size() == 1);
      for (int call = 2; call <= 4; call++) {
        waiting.offer(List.of(polls.single(1, call, "ada")));
        int done = call;
        await().until(() -> way.batches.size() == done);
      }
      assertThat(way.batches).containsOnly("1:1");

      held.done.complete(null);

      await().until(() -> way.batches.size() == 5);
      assertThat(way.batches).endsWith("0:2 prepared");
    } finally {
      held.done.complete(null);
      threads.shutdown();
    }
  }

  /** Prepared when the test says so. */
  private static final class Held implements CommandHandler<Order> {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean begun;

    @Override
    public boolean needsPreparing(Order command) {
      return new SlowOnes(2).needsPreparing(command);
    }

    @Override
    public int preparedAtOnce() {
      return 2;
    }

    @Override
    public Preparation<Order> preparing(List<Order> commands) {
      begun = true;
      return new Preparation<>() {
        @Override
        public CompletionStage<Void> ready() {
          return done;
        }

        @Override
        public CommandHandler<Order> handler() {
          done.join();
          return Held.this;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public List<Outcome> apply(List<Order> round) {
      throw new UnsupportedOperationException();
    }
  }
}
