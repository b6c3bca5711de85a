package io.muster.inbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.inbox.batch.Orders;
import io.muster.inbox.batch.Polls;
import io.muster.inbox.batch.SlowOnes;
import io.muster.inbox.watch.IntakeWatch;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever is polled, chosen, lost and read again: each record is answered once and in order. */
class OnceAndInOrderTest {
  /** By a clock that ticks when it is looked at: nothing is waited for. */
  private static final Duration PATIENCE = Duration.ofNanos(20);

  private final IntakeWatch watch = new IntakeWatch(Clock.systemUTC(), Duration.ofMillis(1));
  private final Deque<Runnable> begun = new ArrayDeque<>();
  private long ticks;

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void everyRecordIsAnsweredOnceInOrderAndAcknowledgedThen(@ForAll Random chance) {
    untilAllIsDone(new Broker(logs(chance), chance, 0, this::another), 1, chance);
  }

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void nothingIsSkippedWhereTheDatabaseLosesCommits(@ForAll Random chance) {
    untilAllIsDone(
        new Broker(logs(chance), chance, 1 + chance.nextInt(6), this::another), 1, chance);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void norWherePartitionsMoveBetweenClientsMeanwhile(@ForAll Random chance) {
    untilAllIsDone(new Broker(logs(chance), chance, chance.nextInt(6), this::another), 2, chance);
  }

  private void another() {
    Runnable work = begun.poll();
    if (work != null) {
      work.run();
    }
  }

  private void untilAllIsDone(Broker broker, int clients, Random chance) {
    for (int client = 0; client < clients; client++) {
      broker.with(
          way ->
              new WorkingOff<>(
                  new Orders(),
                  new SlowOnes(5, () -> chance.nextInt(3) > 0),
                  way,
                  watch,
                  begun::add,
                  new WorkingOff.Limits(500, 900, PATIENCE),
                  () -> ++ticks));
    }
    for (int round = 0; !broker.isDone() || !begun.isEmpty(); round++) {
      assertThat(round).as("it goes on").isLessThan(4_000);
      broker.goOn();
      another();
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
        String user = chance.nextInt(30) < partition * partition * 5 ? slow(chance) : "fast";
        boolean small = chance.nextInt(20) == 0;
        log.add(Polls.order(small ? Polls.job(row) : Polls.BIG, user + chance.nextInt(200)));
      }
      logs.add(log);
    }
    return logs;
  }

  /** In the big job alone, or in small ones as well. */
  private static String slow(Random chance) {
    return chance.nextInt(4) == 0 ? "slow-" : "slow";
  }
}
