package io.muster.inbox.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Orders;
import io.muster.inbox.batch.Polled;
import io.muster.inbox.batch.Polls;
import io.muster.inbox.batch.SlowOnes;
import io.muster.inbox.watch.IntakeWatch;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Batch by batch out of all that waits, and acknowledged when it is answered. */
class WorkingOffTest {
  private final IntakeWatch watch = new IntakeWatch(Clock.systemUTC(), Duration.ofMillis(1));
  private final Deque<Runnable> begun = new ArrayDeque<>();
  private final Polls polls = new Polls();
  private final List<String> acknowledged = new ArrayList<>();
  private long nanos;

  @Test
  void aSingleCallComesRightBehindTheBatchUnderWay() {
    Noting way = new Noting();
    WorkingOff<Order> client = clientOf(way);
    client.offer(List.of(polls.rows(0, Polls.BIG, 5_000), polls.rows(1, Polls.BIG, 10)));
    way.during(1, () -> client.offer(List.of(polls.rows(1, Polls.job(1), 1))));

    begun.remove().run();

    assertThat(way.batches).startsWith("0:1500", "1:11", "0:1500");
    assertThat(begun).isEmpty();
  }

  @Test
  void aSlowMachineHasSmallerBatchesAndAQuickOneLargerOnesAgain() {
    Noting way = new Noting();
    WorkingOff<Order> client = clientOf(way);
    client.offer(List.of(polls.rows(0, Polls.BIG, 5_000)));
    way.always(() -> nanos += way.lastRows() * (way.batches.size() < 3 ? 400_000L : 100_000L));

    begun.remove().run();

    assertThat(way.batches).containsExactly("0:1500", "0:625", "0:625", "0:806", "0:1012", "0:432");
  }

  @Test
  void nothingIsAcknowledgedBeforeItsAnswersAreOut() {
    Noting way = new Noting();
    WorkingOff<Order> client = clientOf(way);
    List<String> values = java.util.Collections.nCopies(2_000, Polls.order(Polls.BIG, "fast"));
    Polled first = polls.polled(0, values, () -> acknowledged.add("first"));
    Polled second = polls.polled(1, values, () -> acknowledged.add("second"));
    List<List<String>> seen = new ArrayList<>();
    client.offer(List.of(first));
    client.offer(List.of(second));
    way.always(() -> seen.add(List.copyOf(acknowledged)));

    begun.remove().run();

    assertThat(way.batches).containsExactly("0:1500", "0:500 1:1000", "1:1000");
    assertThat(seen).containsExactly(List.of(), List.of(), List.of("first"));
    assertThat(acknowledged).containsExactly("first", "second");
  }

  @Test
  void theClientIsAskedForMoreUntilSoMuchWaits() {
    Noting way = new Noting();
    WorkingOff<Order> client = clientOf(way);
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    for (int poll = 0; poll < 4; poll++) {
      asked.add(client.offer(List.of(polls.rows(0, Polls.BIG, 2_000))).toCompletableFuture());
    }
    assertThat(asked)
        .extracting(CompletableFuture::isDone)
        .containsExactly(true, true, false, false);

    begun.remove().run();

    assertThat(asked).allMatch(CompletableFuture::isDone);
  }

  @Test
  void behindAGapNothingIsAnsweredBeforeItWasReadAgain() {
    Noting way = new Noting();
    WorkingOff<Order> client = clientOf(way);
    Runnable done = () -> acknowledged.add("behind");
    polls.seek(0, 40);
    way.gap = 40L;
    client.offer(
        List.of(polls.polled(0, List.of(Polls.order(Polls.BIG, "a")), done), polls.of(1, "other")));
    way.during(
        1,
        () -> client.offer(List.of(polls.polled(0, List.of(Polls.order(Polls.BIG, "b")), done))));
    way.settling =
        () -> {
          way.gap = null;
          client.offer(List.of(polls.seek(0, 20).of(0, "again", "again")));
        };

    begun.remove().run();

    assertThat(way.batches).containsExactly("0:1 1:1", "0:2");
    assertThat(acknowledged).as("it comes again").containsExactly("behind", "behind");
  }

  @Test
  void aServiceThatStopsBeginsNothingMore() {
    Noting way = new Noting();
    WorkingOff<Order> client = clientOf(way);
    client.offer(List.of(polls.rows(0, Polls.BIG, 2_000)));
    way.during(1, watch::stop);

    begun.remove().run();

    assertThat(way.batches).hasSize(1);
    assertThat(acknowledged).isEmpty();
    client.offer(List.of(polls.of(0, "late")));
    assertThat(begun).as("nor comes back to life").isEmpty();
  }

  @Test
  void aFaultOfOursFailsTheChannelInsteadOfHidingInAThread() {
    Noting way = new Noting();
    WorkingOff<Order> client = clientOf(way);
    way.during(
        1,
        () -> {
          throw new IllegalStateException("a fault of ours");
        });
    client.offer(List.of(polls.of(0, "a")));

    assertThatThrownBy(() -> begun.remove().run()).hasMessage("a fault of ours");

    assertThatThrownBy(() -> client.offer(List.of(polls.of(0, "b"))).toCompletableFuture().join())
        .isInstanceOf(CompletionException.class);
    assertThat(acknowledged).isEmpty();
  }

  private WorkingOff<Order> clientOf(Noting way) {
    return new WorkingOff<>(
        new Orders(),
        new SlowOnes(2),
        way,
        watch,
        begun::add,
        WorkingOff.Limits.USUAL,
        () -> nanos);
  }
}
