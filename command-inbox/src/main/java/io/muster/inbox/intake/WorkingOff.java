package io.muster.inbox.intake;

import io.muster.chassis.stage.Stage;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.CommandType;
import io.muster.inbox.batch.Batch;
import io.muster.inbox.batch.Polled;
import io.muster.inbox.batch.Received;
import io.muster.inbox.batch.Waiting;
import io.muster.inbox.once.Answers;
import io.muster.inbox.watch.IntakeWatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Works off what one client polls, batch by batch: each next one is chosen out of all that waits by
 * then. A poll's share of a partition is acknowledged when it is answered, in whatever order. What
 * waits of a partition that has moved to another client is answered all the same: the database
 * makes that harmless, and where it comes back, what is dropped here would seem to be done.
 */
final class WorkingOff<C> {
  private static final Logger LOG = Logger.getLogger(WorkingOff.class);

  /** Before a slow batch that is due: one quick one, or some single calls and another. */
  private static final int TURNS = 2;

  /** So few rows are done so soon that slow ones hardly wait for them. */
  private static final int FEW = 50;

  /**
   * How much at a time.
   *
   * @param atOnce rows in one batch, at most
   * @param waiting rows that wait in memory when the client polls again; a lag beyond it stays in
   *     Kafka
   * @param patience for so long what is quick passes, as it comes, a batch that is being prepared;
   *     then that is waited for, where liveness sees it
   */
  record Limits(int atOnce, int waiting, Duration patience) {
    /**
     * More than 1,500 rows make nothing quicker; how many of them it is says {@link Pace}. And what
     * the dispatcher keeps in flight is fewer than 6,000 a client, so that it is seldom paused but
     * for a lag: what was answered before its turn is in flight no more, and waits here all the
     * same.
     */
    static final Limits USUAL = new Limits(1_500, 6_000, Duration.ofSeconds(2));
  }

  /** What becomes of a batch; comes back only when it is done, or the service goes down. */
  interface Way<C> {
    /** Leaves of some commands those that were never answered. */
    List<Received<C>> unseen(List<Received<C>> commands);

    /** Waits until a batch is prepared. */
    CommandHandler<C> prepare(PreparingAhead<C> ahead, Batch<C> batch);

    /** Answers it; the broker has the results. */
    Answers<C> answer(CommandHandler<C> applying, Batch<C> batch);

    /** Has partitions read again where that is needed. */
    void settle(Batch<C> batch, Answers<C> answers);
  }

  private final CommandHandler<C> handler;
  private final Way<C> way;
  private final IntakeWatch watch;
  private final Backlog backlog;
  private final Pace pace;
  private final LongSupplier nanoTime;
  private final Duration patience;
  private final Waiting<C> waiting;
  private final PreparingAhead<C> ahead;

  /** Chosen and begun to be prepared; others may pass it, but for those with a key of its own. */
  private Batch<C> slow;

  /** When it was chosen. */
  private long slowSince;

  /** Since the last slow batch. */
  private int quickTurns;

  WorkingOff(
      CommandType<C> type,
      CommandHandler<C> handler,
      Way<C> way,
      IntakeWatch watch,
      Executor threads,
      Limits limits,
      LongSupplier nanoTime) {
    this.handler = handler;
    this.way = way;
    this.watch = watch;
    this.backlog = new Backlog(limits.waiting(), threads, this::run);
    this.pace = new Pace(limits.atOnce());
    this.nanoTime = nanoTime;
    this.patience = limits.patience();
    this.waiting = new Waiting<>(type, handler, pace::atOnce);
    this.ahead = new PreparingAhead<>(handler, way::unseen);
  }

  /** As {@link Backlog#offer}. */
  CompletionStage<Void> offer(List<Polled> poll) {
    return backlog.offer(poll);
  }

  private void run() {
    try {
      do {
        workOff();
        if (watch.isStopping()) {
          stop();
          return;
        }
        // From here on another one may have begun: what is left is its own.
      } while (!backlog.nothingLeft());
    } catch (IntakeWatch.Stopping e) {
      stop();
    } catch (RuntimeException | Error e) {
      LOG.error("commands can't be worked off", e);
      ahead.close();
      backlog.breakOff(e);
      throw e;
    }
  }

  private void stop() {
    LOG.debug("the service stops; what waits comes again");
    ahead.close();
  }

  private void workOff() {
    while (!watch.isStopping()) {
      takeIn();
      if (slow == null) {
        chooseSlow();
      }
      boolean slowIsDue = slow != null && isDue(slow);
      Batch<C> quick = slowIsDue && quickTurns >= TURNS ? null : nextQuick();
      quickTurns = quick == null ? 0 : quickTurns + turnsOf(quick);
      if (quick != null) {
        answer(handler, quick);
      } else if (slow == null) {
        return;
      } else if (slowIsDue || !backlog.moreCame(ahead.ready(slow), patienceLeft())) {
        answerSlow();
      }
    }
  }

  /** It is prepared, or has to be waited for. */
  private boolean isDue(Batch<C> batch) {
    return ahead.ready(batch).toCompletableFuture().isDone() || patienceLeft().isNegative();
  }

  private Duration patienceLeft() {
    return patience.minusNanos(nanoTime.getAsLong() - slowSince);
  }

  private void answerSlow() {
    if (watch.isStopping()) {
      return;
    }
    Batch<C> now = slow;
    CommandHandler<C> prepared = way.prepare(ahead, now);
    // The next one is prepared while this one is committed.
    takeIn();
    chooseSlow();
    answer(prepared, now);
  }

  private static int turnsOf(Batch<?> quick) {
    return quick.commands().size() <= FEW ? 1 : TURNS;
  }

  private void takeIn() {
    try (Stage.Busy unused = Stage.DECODE.begin()) {
      backlog.takeIn().forEach(waiting::add);
    }
  }

  private void chooseSlow() {
    slow = waiting.nextSlow();
    if (slow != null) {
      slowSince = nanoTime.getAsLong();
      ahead.begin(slow);
    }
  }

  private Batch<C> nextQuick() {
    return waiting.nextQuick(slow == null ? Batch.empty() : slow);
  }

  private void answer(CommandHandler<C> applying, Batch<C> batch) {
    if (batch.spans().isEmpty()) {
      return;
    }
    long began = nanoTime.getAsLong();
    Answers<C> answers = way.answer(applying, batch);
    pace.took(answers.fresh(), nanoTime.getAsLong() - began);
    if (!answers.gaps().isEmpty()) {
      takeIn();
      answers.gaps().forEach((p, gap) -> dropBehindGap(p, gap.first()));
    }
    way.settle(batch, answers);
    answered(batch.shares());
  }

  private void dropBehindGap(TopicPartition partition, long from) {
    answered(waiting.dropBehindGap(partition, from));
    if (slow != null
        && slow.spans().containsKey(partition)
        && slow.spans().get(partition).first() >= from) {
      answered(slow.leaveOut(partition));
    }
  }

  private void answered(Map<Polled, Integer> shares) {
    shares.forEach(Polled::answered);
    backlog.done(shares.values().stream().mapToInt(Integer::intValue).sum());
  }
}
