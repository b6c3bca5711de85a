package io.muster.inbox.batch;

import io.muster.inbox.CommandHandler;
import io.muster.inbox.Outcome;
import io.muster.inbox.Preparation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * The big job's rows whose user's name begins with slow have to be prepared, and any job's where it
 * begins with {@code slow-}; never to be removed.
 *
 * @param ready asked for each batch: whether it is prepared at once, or else only when it is waited
 *     for
 */
public record SlowOnes(int preparedAtOnce, BooleanSupplier ready) implements CommandHandler<Order> {
  /** Everything is prepared at once. */
  public SlowOnes(int preparedAtOnce) {
    this(preparedAtOnce, () -> true);
  }

  @Override
  public boolean needsPreparing(Order command) {
    if (command.verb() == Order.Verb.REMOVE) {
      return false;
    }
    return command.user().startsWith("slow-")
        || (command.jobId().equals(Polls.BIG) && command.user().startsWith("slow"));
  }

  @Override
  public Preparation<Order> preparing(List<Order> commands) {
    CommandHandler<Order> prepared = new SlowOnes(preparedAtOnce);
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (ready.getAsBoolean()) {
      done.complete(null);
    }
    return new Preparation<>() {
      @Override
      public CompletionStage<Void> ready() {
        return done;
      }

      @Override
      public CommandHandler<Order> handler() {
        return prepared;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public List<Outcome> apply(List<Order> round) {
    throw new UnsupportedOperationException();
  }
}
