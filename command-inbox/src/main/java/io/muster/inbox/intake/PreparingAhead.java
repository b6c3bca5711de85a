package io.muster.inbox.intake;

import io.muster.inbox.CommandHandler;
import io.muster.inbox.Preparation;
import io.muster.inbox.batch.Batch;
import io.muster.inbox.batch.InboxKey;
import io.muster.inbox.batch.Received;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Prepares batches of slow commands, each while the one before it is committed, and never a repeat:
 * neither what was answered before, nor what stands twice in a batch or in two on end. For one
 * thread at a time.
 */
final class PreparingAhead<C> implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(PreparingAhead.class);

  private final CommandHandler<C> handler;
  private final UnaryOperator<List<Received<C>>> unseen;

  /**
   * The batch's that was prepared last: the table doesn't know them before it is committed. Of all
   * before it it does.
   */
  private Set<InboxKey> prepared = Set.of();

  private Batch<C> begunFor;
  private Preparation<C> begun;

  /**
   * @param unseen leaves of some commands those that were never answered
   */
  PreparingAhead(CommandHandler<C> handler, UnaryOperator<List<Received<C>>> unseen) {
    this.handler = handler;
    this.unseen = unseen;
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
   * Done when {@link #handlerOf} hasn't to wait any more for what was begun for the batch; at once
   * where nothing was: that is done in its own turn.
   */
  CompletionStage<Void> ready(Batch<C> batch) {
    return begunFor == batch && begun != null
        ? begun.ready()
        : CompletableFuture.completedFuture(null);
  }

  /**
   * Waits for what the batch needs, and begins it where that was not done. The one before it has
   * been committed.
   *
   * @return who applies the batch
   * @throws RuntimeException when the system broke; to be tried again
   */
  CommandHandler<C> handlerOf(Batch<C> batch) {
    if (begunFor != batch) {
      beginNow(batch);
    }
    try (Preparation<C> ending = begun) {
      CommandHandler<C> applying = ending == null ? handler : ending.handler();
      prepared = batch.commands().stream().map(Received::key).collect(Collectors.toSet());
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
      List<Received<C>> fresh = unseen.apply(wanting);
      begun = handler.preparing(fresh.stream().map(Received::command).toList());
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
