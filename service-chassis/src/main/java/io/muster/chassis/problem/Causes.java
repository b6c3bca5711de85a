package io.muster.chassis.problem;

import java.sql.SQLException;

/** Tells what went wrong without telling whom it was about. */
public final class Causes {
  private Causes() {}

  /**
   * Types and SQL states only, outermost first: a driver's text may quote a row.
   *
   * @param failure whose chain of causes ends
   * @return such as {@code IllegalStateException < PSQLException 57P01}
   */
  public static String told(Throwable failure) {
    StringBuilder told = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      told.append(told.isEmpty() ? "" : " < ").append(cause.getClass().getSimpleName());
      if (cause instanceof SQLException sql) {
        told.append(' ').append(sql.getSQLState());
      }
    }
    return told.toString();
  }
}
