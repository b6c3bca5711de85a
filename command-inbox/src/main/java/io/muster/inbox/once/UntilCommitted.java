package io.muster.inbox.once;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.chassis.stage.Stage;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.CommandType;
import io.muster.inbox.batch.Batch;
import io.muster.inbox.database.DayPartitions;
import io.muster.inbox.database.Retries;
import io.muster.inbox.database.Transactions;
import io.muster.inbox.position.Gap;
import io.muster.inbox.watch.IntakeWatch.Watched;
import java.util.function.BiPredicate;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Tries a batch's transaction until it is committed, however long the database is away. */
public final class UntilCommitted {
  private static final Logger LOG = Logger.getLogger(UntilCommitted.class);

  private final CommandInbox inbox;
  private final DayPartitions dayPartitions;
  private final Transactions transactions;
  private final MeterRegistry metrics;

  public UntilCommitted(
      CommandInbox inbox,
      DayPartitions dayPartitions,
      Transactions transactions,
      MeterRegistry metrics) {
    this.inbox = inbox;
    this.dayPartitions = dayPartitions;
    this.transactions = transactions;
    this.metrics = metrics;
  }

  /**
   * As {@link CommandInbox#answer}, which does it. A try of which nobody knows whether it was
   * committed may have done what had been answered before its turn and lost; the next one would
   * take that for known, so it answers everything.
   *
   * @throws io.muster.inbox.watch.IntakeWatch.Stopping when the service goes down meanwhile
   */
  public <C> Answers<C> answer(
      CommandType<C> type,
      CommandHandler<C> handler,
      Batch<C> batch,
      BiPredicate<TopicPartition, Gap> isHole,
      Watched watched) {
    Retries retries = new Retries();
    Batch<C> next = batch;
    while (true) {
      Batch<C> now = next;
      try (Stage.Busy unused = Stage.TRANSACTION.begin()) {
        dayPartitions.ensure(now.jobDays());
        Answers<C> answers = transactions.inNew(() -> inbox.answer(type, handler, now, isHole));
        watched.moved();
        return answers;
      } catch (RuntimeException e) {
        dayPartitions.forget();
        metrics.counter("muster.inbox.retries").increment();
        if (retries.atOnce(e)) {
          LOG.debugf("batch meets another one, again at once (%s)", Retries.sqlState(e));
        } else {
          next = batch.allToBeAnswered();
          tellOnce(watched, e);
          watched.waitOut(e);
        }
      }
    }
  }

  /** With its stack trace at first; an outage would fill the log with one every two seconds. */
  public static void tellOnce(Watched watched, RuntimeException failure) {
    if (watched.tries() == 0) {
      LOG.warn("batch waits for the database", failure);
    } else {
      LOG.warnf("batch still waits for the database, SQLSTATE %s", Retries.sqlState(failure));
    }
  }
}
