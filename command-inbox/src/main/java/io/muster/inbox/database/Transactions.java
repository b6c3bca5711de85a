package io.muster.inbox.database;

import java.util.concurrent.Callable;

/**
 * Opens transactions; one place for their time limit, and the seam for tests without a container.
 */
public interface Transactions {
  /**
   * Runs the work in a transaction of its own and commits.
   *
   * @throws RuntimeException what the work threw, wrapped when it is checked, or that of a commit
   *     whose outcome may be unknown
   */
  <T> T inNew(Callable<T> work);
}
