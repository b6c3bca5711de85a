package io.muster.chassis.setwise;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes new rows as if no row were in their way. {@code ON CONFLICT} looks for each row in each
 * unique index before it writes it, a seventh of what writing an account costs; in a bulk load
 * hardly any is there. When one is after all, nothing is written, and the caller writes the batch
 * again with looking, and so the batches that follow it until a good many of them met none: a file
 * that was loaded before meets one in each. One object for each table; thread-safe. Why so: {@code
 * docs/decisions/0034-what-a-row-costs-the-database.md}.
 */
public final class Unopposed {
  /** Below it a savepoint costs more than it spares. */
  public static final int LARGE = 64;

  /** So many batches in a row have to meet none. */
  static final int CAREFUL_FOR = 64;

  private static final String UNIQUE_VIOLATION = "23505";

  private final AtomicInteger carefulFor = new AtomicInteger();

  /** Plain inserts. */
  @FunctionalInterface
  public interface Inserts {
    void run() throws SQLException;
  }

  /**
   * Tries it, in the connection's transaction.
   *
   * @param rows how many are to be written
   * @return whether all are in; otherwise none is, and the caller has to look
   * @throws SQLException the database failed
   */
  public boolean wrote(Connection connection, int rows, Inserts inserts) throws SQLException {
    if (rows < LARGE || carefulFor.get() > 0) {
      return false;
    }
    execute(connection, "SAVEPOINT unopposed");
    try {
      inserts.run();
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      carefulFor.set(CAREFUL_FOR);
      execute(connection, "ROLLBACK TO SAVEPOINT unopposed");
      return false;
    }
    execute(connection, "RELEASE SAVEPOINT unopposed");
    return true;
  }

  /** What became of a batch that was written with looking. */
  public void looked(boolean metOne) {
    carefulFor.updateAndGet(
        batches -> metOne && batches > 0 ? CAREFUL_FOR : Math.max(0, batches - 1));
  }

  /** In words: an enlisted connection takes no savepoints by JDBC's own calls. */
  private static void execute(Connection connection, String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}
