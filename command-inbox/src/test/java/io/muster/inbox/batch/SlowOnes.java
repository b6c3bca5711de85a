package io.muster.inbox.batch;

import io.muster.inbox.CommandHandler;
import io.muster.inbox.Outcome;
import io.muster.inbox.Preparation;
import java.util.List;

/** The big job's rows whose user's name begins with slow have to be prepared. */
public record SlowOnes(int preparedAtOnce) implements CommandHandler<Order> {
  @Override
  public boolean needsPreparing(Order command) {
    return command.jobId().equals(Polls.BIG) && command.user().startsWith("slow");
  }

  @Override
  public Preparation<Order> preparing(List<Order> commands) {
    CommandHandler<Order> prepared = new SlowOnes(preparedAtOnce);
    return new Preparation<>() {
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
