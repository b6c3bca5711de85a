package io.muster.inbox.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.inbox.CommandHandler;
import io.muster.inbox.batch.Batch;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Orders;
import io.muster.inbox.batch.Polled;
import io.muster.inbox.batch.Polls;
import io.muster.inbox.batch.Received;
import io.muster.inbox.batch.SlowOnes;
import io.muster.inbox.watch.IntakeWatch;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.kafka.common.TopicPartition;

/** Batch by batch out of all that waits: in order, once, and what is small first. */
class WorkingOffTest {
  private final IntakeWatch watch = new IntakeWatch(Clock.systemUTC(), Duration.ofMillis(1));
  private final Deque<Runnable> begun = new ArrayDeque<>();
  private final Polls polls = new Polls();
  private final List<String> acknowledged = new ArrayList<>();
  private long nanos;

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void everyRecordIsAnsweredOnceInOrderAndAcknowledgedThen(@ForAll Random chance) {
    untilAllIsDone(new Broker(logs(chance), chance, 0));
  }

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void nothingIsSkippedWhereTheDatabaseLosesCommits(@ForAll Random chance) {
    untilAllIsDone(new Broker(logs(chance), chance, 1 + chance.nextInt(6)));
  }

  private void untilAllIsDone(Broker broker) {
    WorkingOff<Order> client =
        new WorkingOff<>(
            new Orders(),
            new SlowOnes(5),
            broker,
            watch,
            begun::add,
            new WorkingOff.Limits(500, 900),
            () -> 0);
    broker.to(client);
    for (int round = 0; !broker.isDone() || !begun.isEmpty(); round++) {
      assertThat(round).as("it goes on").isLessThan(2_000);
      broker.goOn();
      if (!begun.isEmpty()) {
        begun.remove().run();
      }
    }
    assertThat(broker.unacknowledged()).isZero();
  }

  /** Three partitions: without slow commands, with some, and with many. */
  private static List<List<String>> logs(Random chance) {
    List<List<String>> logs = new ArrayList<>();
    for (int partition = 0; partition < 3; partition++) {
      List<String> log = new ArrayList<>();
      int rows = 1_000 + chance.nextInt(500);
      for (int row = 0; row < rows; row++) {
        String user = chance.nextInt(30) < partition * partition * 5 ? "slow" : "fast";
        boolean small = chance.nextInt(20) == 0;
        log.add(Polls.order(small ? Polls.job(row) : Polls.BIG, user + chance.nextInt(200)));
      }
      logs.add(log);
    }
    return logs;
  }

  @Example
  void aSingleCallComesRightBehindTheBatchUnderWay() {
    Noting way = new Noting();
    WorkingOff<Order> client = clientOf(way);
    client.offer(List.of(polls.rows(0, Polls.BIG, 5_000), polls.rows(1, Polls.BIG, 10)));
    way.during(1, () -> client.offer(List.of(polls.rows(1, Polls.job(1), 1))));

    begun.remove().run();

    assertThat(way.batches).startsWith("0:1500", "1:11", "0:1500");
    assertThat(begun).isEmpty();
  }

  @Example
  void aSlowMachineHasSmallerBatchesAndAQuickOneLargerOnesAgain() {
    Noting way = new Noting();
    WorkingOff<Order> client = clientOf(way);
    client.offer(List.of(polls.rows(0, Polls.BIG, 5_000)));
    way.always(() -> nanos += way.lastRows() * (way.batches.size() < 3 ? 400_000L : 100_000L));

    begun.remove().run();

    assertThat(way.batches).containsExactly("0:1500", "0:625", "0:625", "0:806", "0:1012", "0:432");
  }

  @Example
  void whatIsQuickPassesASlowBatchThatIsStillBeingPrepared() {
    Noting way = new Noting();
    WorkingOff<Order> client = clientOf(way);
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

  @Example
  void aSingleCallDoesntTakeTheTurnOfABigJobThatIsQuick() {
    Noting way = new Noting();
    WorkingOff<Order> client = clientOf(way);
    client.offer(
        List.of(
            polls.of(0, "slow", "slow", "slow", "slow"),
            polls.single(1, 1, "ada"),
            polls.rows(2, Polls.BIG, 300)));

    begun.remove().run();

    assertThat(way.batches).containsExactly("1:1", "2:300", "0:2 prepared", "0:2 prepared");
  }

  @Example
  void slowOnesHaveTheirTurnHoweverManySingleCallsCome() {
    Noting way = new Noting();
    WorkingOff<Order> client = clientOf(way);
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

  @Example
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

  @Example
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

  @Example
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

  @Example
  void aSlowBatchThatWasChosenBehindAGapIsDroppedAsWell() {
    Noting way = new Noting();
    WorkingOff<Order> client = clientOf(way);
    way.gap = 0L;
    client.offer(List.of(polls.of(0, "slow", "slow", "slow", "slow")));
    way.settling = () -> way.gap = null;

    begun.remove().run();

    assertThat(way.batches).containsExactly("0:2 prepared");
    assertThat(begun).isEmpty();
  }

  @Example
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

  @Example
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

  /** Answers everything and notes which partitions' rows came together. */
  private static final class Noting implements WorkingOff.Way<Order> {
    private final List<String> batches = new ArrayList<>();
    private Consumer<Integer> during = batch -> {};
    private Runnable settling = () -> {};
    private Long gap;

    void during(int batch, Runnable happens) {
      during =
          number -> {
            if (number == batch) {
              happens.run();
            }
          };
    }

    long lastRows() {
      return Long.parseLong(batches.get(batches.size() - 1).split(":")[1]);
    }

    void always(Runnable happens) {
      during = number -> happens.run();
    }

    @Override
    public List<Received<Order>> unseen(List<Received<Order>> commands) {
      return commands;
    }

    @Override
    public CommandHandler<Order> prepare(PreparingAhead<Order> ahead, Batch<Order> batch) {
      return ahead.handlerOf(batch);
    }

    @Override
    public Answers<Order> answer(CommandHandler<Order> applying, Batch<Order> batch) {
      List<String> parts = new ArrayList<>();
      batch
          .spans()
          .forEach((p, span) -> parts.add(p.partition() + ":" + (span.next() - span.first())));
      boolean prepared =
          batch.commands().stream().anyMatch(c -> new SlowOnes(1).needsPreparing(c.command()));
      batches.add(String.join(" ", parts) + (prepared ? " prepared" : ""));
      during.accept(batches.size());
      TopicPartition first = Polls.partition(0);
      Map<TopicPartition, Long> gaps = gap == null ? Map.of() : Map.of(first, gap);
      return new Answers<>(List.of(), batch.commands().size(), gaps, Map.of());
    }

    @Override
    public void settle(Batch<Order> batch, Answers<Order> answers) {
      if (!answers.gaps().isEmpty()) {
        settling.run();
      }
    }
  }
}
