package io.muster.inbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

/** What needs to be prepared and what doesn't: neither waits for ever, and what is small hardly. */
class TakingTurnsTest {
  private final IntakeWatch watch = new IntakeWatch(Clock.systemUTC(), Duration.ofMillis(1));
  private final Deque<Runnable> begun = new ArrayDeque<>();
  private final Polls polls = new Polls();
  private final Noting way = new Noting();
  private final WorkingOff<Order> client =
      new WorkingOff<>(
          new Orders(),
          new SlowOnes(2),
          way,
          watch,
          begun::add,
          WorkingOff.Limits.USUAL,
          () -> 0);

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
}
