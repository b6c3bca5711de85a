package io.muster.inbox;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;

@ApplicationScoped
class JtaTransactions implements Transactions {
  private final int timeoutSeconds;

  JtaTransactions(InboxConfig config) {
    this.timeoutSeconds = Math.toIntExact(config.transactionTimeout().toSeconds());
  }

  @Override
  public <T> T inNew(Callable<T> work) {
    return QuarkusTransaction.requiringNew().timeout(timeoutSeconds).call(work);
  }
}
