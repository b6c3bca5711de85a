package io.muster.chassis.problem;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.List;

/**
 * Tells a database that is away or overrun for now, so that the call may simply be sent again, from
 * a fault of ours. By SQLSTATE: <a
 * href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL's error codes</a>.
 */
final class PassingFault {
  /**
   * Connections that fail (08), a transaction that met another (40), resources that are used up
   * (53), and a server that goes down or comes up (57P).
   */
  private static final List<String> PASSING = List.of("08", "40", "53", "57P");

  private PassingFault() {}

  static boolean isIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RollbackException || cause instanceof SQLException sql && passes(sql)) {
        return true;
      }
    }
    return false;
  }

  /** What has no state is told by the pool, which has no connection to give. */
  private static boolean passes(SQLException failure) {
    String state = failure.getSQLState();
    return state == null || PASSING.stream().anyMatch(state::startsWith);
  }
}
