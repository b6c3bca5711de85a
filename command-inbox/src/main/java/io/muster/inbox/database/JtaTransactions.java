package io.muster.inbox.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;

@ApplicationScoped
class JtaTransactions implements Transactions {
  private final int timeoutSeconds;

  JtaTransactions(TransactionConfig config) {
    this.timeoutSeconds = Math.toIntExact(config.timeout().toSeconds());
  }

  @Override
  public <T> T inNew(Callable<T> work) {
    return QuarkusTransaction.requiringNew().timeout(timeoutSeconds).call(work);
  }
}
