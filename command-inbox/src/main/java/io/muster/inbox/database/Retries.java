package io.muster.inbox.database;

import java.sql.SQLException;
import java.util.Set;

/** Tells a meeting of two batches, which is over at the next try, from an outage. */
public final class Retries {
  /** Serialization failure, deadlock, unique violation: the other one got there first. */
  private static final Set<String> MEETINGS = Set.of("40001", "40P01", "23505");

  /** More meetings in a row than this are no coincidence, and get a pause between them. */
  private static final int AT_ONCE = 10;

  private int tried;

  /**
   * @return true when the batch may be tried again without a pause
   */
  public boolean atOnce(Throwable failure) {
    String state = sqlState(failure);
    return state != null && MEETINGS.contains(state) && ++tried <= AT_ONCE;
  }

  /**
   * @return the SQLSTATE of the first database error in the chain of causes; null without one
   */
  public static String sqlState(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return null;
  }
}
