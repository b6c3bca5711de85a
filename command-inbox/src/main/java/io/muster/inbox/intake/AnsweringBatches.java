package io.muster.inbox.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.muster.chassis.stage.Stage;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.CommandType;
import io.muster.inbox.batch.Batch;
import io.muster.inbox.batch.Received;
import io.muster.inbox.database.DayPartitions;
import io.muster.inbox.database.Transactions;
import io.muster.inbox.once.Answers;
import io.muster.inbox.once.CommandInbox;
import io.muster.inbox.once.UntilCommitted;
import io.muster.inbox.position.GapsSeen;
import io.muster.inbox.position.ReadingAgain;
import io.muster.inbox.report.DeadLetters;
import io.muster.inbox.report.ResultSender;
import io.muster.inbox.watch.IntakeWatch;
import io.muster.inbox.watch.IntakeWatch.Watched;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * A batch's way through a consuming service: prepare it, answer it in one transaction, send the
 * results. Whatever fails is tried again in here for as long as it takes: a batch that is given
 * back stops the channel for good.
 */
@ApplicationScoped
class AnsweringBatches {
  private static final Logger LOG = Logger.getLogger(AnsweringBatches.class);

  private final CommandInbox inbox;
  private final UntilCommitted untilCommitted;
  private final Transactions transactions;
  private final ReadingAgain readingAgain;
  private final ResultSender results;
  private final DeadLetters deadLetters;
  private final IntakeWatch watch;
  private final MeterRegistry metrics;

  AnsweringBatches(
      CommandInbox inbox,
      DayPartitions dayPartitions,
      Transactions transactions,
      ReadingAgain readingAgain,
      ResultSender results,
      DeadLetters deadLetters,
      IntakeWatch watch,
      MeterRegistry metrics) {
    this.inbox = inbox;
    this.untilCommitted = new UntilCommitted(inbox, dayPartitions, transactions, metrics);
    this.transactions = transactions;
    this.readingAgain = readingAgain;
    this.results = results;
    this.deadLetters = deadLetters;
    this.watch = watch;
    this.metrics = metrics;
  }

  /** For one client, and the commands of one type. */
  <C> WorkingOff.Way<C> of(CommandType<C> type) {
    GapsSeen gapsSeen = new GapsSeen();
    return new WorkingOff.Way<>() {
      @Override
      public List<Received<C>> unseen(List<Received<C>> commands) {
        return transactions.inNew(() -> inbox.unseen(commands));
      }

      @Override
      public CommandHandler<C> prepare(PreparingAhead<C> ahead, Batch<C> batch) {
        try (Watched watched = watch.begin()) {
          return prepared(ahead, batch, watched);
        }
      }

      @Override
      public Answers<C> answer(CommandHandler<C> applying, Batch<C> batch) {
        Timer.Sample started = Timer.start(metrics);
        try (Watched watched = watch.begin()) {
          untilDone(watched, () -> deadLetters.send(batch.unreadable()));
          Answers<C> answers =
              untilCommitted.answer(type, applying, batch, gapsSeen::isHole, watched);
          try (Stage.Busy unused = Stage.RESULTS.begin()) {
            untilDone(watched, () -> results.send(type, answers.answers()));
          }
          started.stop(metrics.timer("muster.inbox.batches"));
          return answers;
        }
      }

      @Override
      public void settle(Batch<C> batch, Answers<C> answers) {
        settled(batch, answers, gapsSeen);
      }
    };
  }

  private static <C> CommandHandler<C> prepared(
      PreparingAhead<C> ahead, Batch<C> batch, Watched watched) {
    while (true) {
      try {
        CommandHandler<C> prepared = ahead.handlerOf(batch);
        watched.moved();
        return prepared;
      } catch (RuntimeException e) {
        UntilCommitted.tellOnce(watched, e);
        watched.waitOut(e);
      }
    }
  }

  private static void untilDone(Watched watched, Runnable step) {
    while (true) {
      try {
        step.run();
        watched.moved();
        return;
      } catch (RuntimeException e) {
        LOG.warnf("batch waits for the broker (%s)", e);
        watched.waitOut(e);
      }
    }
  }

  private <C> void settled(Batch<C> batch, Answers<C> answers, GapsSeen gapsSeen) {
    metrics.counter("muster.inbox.commands", "seen", "now").increment(answers.fresh());
    metrics
        .counter("muster.inbox.commands", "seen", "before")
        .increment(answers.answers().size() - answers.fresh());
    batch.spans().keySet().stream()
        .filter(partition -> !answers.gaps().containsKey(partition))
        .forEach(gapsSeen::goesOn);
    if (!answers.gaps().isEmpty()) {
      readingAgain.afterGaps(answers.gaps(), gapsSeen);
    }
    if (!answers.unknown().isEmpty()) {
      readingAgain.afterUnknown(answers.unknown());
    }
  }
}
