package io.muster.inbox.intake;

import io.muster.inbox.CommandHandler;
import io.muster.inbox.Preparation;
import io.muster.inbox.database.Transactions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Prepares the batches of one poll, each while the one before it is committed, and never a repeat:
 * neither what was answered before, nor what stands twice in the poll. For the poll's thread.
 */
final class PreparingAhead<C> implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(PreparingAhead.class);

  private final CommandInbox inbox;
  private final Transactions transactions;
  private final CommandHandler<C> handler;
  private final Set<InboxKey> prepared = new HashSet<>();
  private Batch<C> begunFor;
  private Preparation<C> begun;

  PreparingAhead(CommandInbox inbox, Transactions transactions, CommandHandler<C> handler) {
    this.inbox = inbox;
    this.transactions = transactions;
    this.handler = handler;
  }

  /** Begins it if that is possible now; what fails is done in the batch's own turn. */
  void begin(Batch<C> batch) {
    try {
      beginNow(batch);
    } catch (RuntimeException e) {
      LOG.debugf("a batch isn't prepared ahead (%s)", e);
    }
  }

  /**
   * Waits for what the batch needs, and begins it where that was not done.
   *
   * @return who applies the batch
   * @throws RuntimeException when the system broke; to be tried again
   */
  CommandHandler<C> handlerOf(Batch<C> batch) {
    if (begunFor != batch) {
      beginNow(batch);
    }
    if (begun == null) {
      return handler;
    }
    try (Preparation<C> ending = begun) {
      CommandHandler<C> applying = ending.handler();
      batch.commands().forEach(command -> prepared.add(command.key()));
      return applying;
    } finally {
      begun = null;
      begunFor = null;
    }
  }

  private void beginNow(Batch<C> batch) {
    close();
    Set<InboxKey> once = new HashSet<>(prepared);
    List<Received<C>> wanting =
        batch.commands().stream()
            .filter(command -> handler.needsPreparing(command.command()))
            .filter(command -> once.add(command.key()))
            .toList();
    if (!wanting.isEmpty()) {
      List<Received<C>> unseen = transactions.inNew(() -> inbox.unseen(wanting));
      begun = handler.preparing(unseen.stream().map(Received::command).toList());
    }
    begunFor = batch;
  }

  /** Gives up what was begun for a batch that doesn't get its turn. */
  @Override
  public void close() {
    if (begun != null) {
      begun.close();
      begun = null;
    }
    begunFor = null;
  }
}
