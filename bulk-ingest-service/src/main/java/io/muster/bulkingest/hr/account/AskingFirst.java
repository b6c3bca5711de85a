package io.muster.bulkingest.hr.account;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;

/**
 * Asks user-service in no transaction, and decides in one: however slowly it answers, nobody waits
 * for a lock or a connection meanwhile. Thread-safe. Why so: {@code
 * docs/decisions/0037-asked-before-the-transaction.md}.
 */
@ApplicationScoped
public class AskingFirst {
  /** Each time is due to somebody else's commit meanwhile: beyond it, it is a fault of ours. */
  private static final int MOST_TIMES = 20;

  private final AccountsOfEmployees accounts;

  AskingFirst(AccountsOfEmployees accounts) {
    this.accounts = accounts;
  }

  /** A decision in a transaction. */
  @FunctionalInterface
  public interface Deciding<T> {
    /**
     * @throws NotAsked where answers are missing
     */
    T by(Answers answers) throws Exception;
  }

  /**
   * Blocks. To be called in no transaction.
   *
   * @param foreseeing what will have to be asked, read in a short transaction of its own
   * @param deciding in another one, and begun anew for as long as it finds answers missing
   * @throws IllegalStateException when user-service doesn't answer: nothing was decided then
   */
  public <T> T decide(Callable<Questions> foreseeing, Deciding<T> deciding) {
    Questions open = QuarkusTransaction.requiringNew().call(foreseeing);
    Answers answers = new Answers();
    for (int time = 0; time < MOST_TIMES; time++) {
      accounts.ask(open, answers);
      try {
        return QuarkusTransaction.requiringNew().call(() -> deciding.by(answers));
      } catch (NotAsked e) {
        open = e.questions();
      }
    }
    throw new IllegalStateException("accounts change faster than they can be asked for");
  }
}
