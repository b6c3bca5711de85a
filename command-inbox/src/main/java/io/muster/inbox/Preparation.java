package io.muster.inbox;

import java.util.concurrent.CompletionStage;

/**
 * Work for a batch that was begun before the batch's transaction.
 *
 * @param <C> the command
 */
public interface Preparation<C> extends AutoCloseable {
  /** Done, however it went, when {@link #handler} hasn't to be waited for any more. */
  CompletionStage<Void> ready();

  /**
   * Waits until it is done.
   *
   * @return who applies the batch
   * @throws RuntimeException when the system broke; it is begun again
   */
  CommandHandler<C> handler();

  /** Gives up what isn't done yet, and forgets what it was made of. */
  @Override
  void close();
}
