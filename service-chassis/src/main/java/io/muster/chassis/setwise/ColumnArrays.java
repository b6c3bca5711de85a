package io.muster.chassis.setwise;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * Binds many rows to one statement's {@code unnest(?::text[], ?::bigint[], ...)}: one array for
 * each column, in the order of the parameters. For one statement, on one thread.
 *
 * @param <T> what a row is made of
 */
public final class ColumnArrays<T> {
  private final PreparedStatement statement;
  private final List<T> rows;
  private int next;

  /**
   * @param first index of the first array's parameter, counted from 1
   */
  public ColumnArrays(PreparedStatement statement, List<T> rows, int first) {
    this.statement = statement;
    this.rows = rows;
    this.next = first;
  }

  /**
   * @param type PostgreSQL's name of the element type
   * @param column what stands in it; null is NULL
   */
  public ColumnArrays<T> add(String type, Function<? super T, ?> column) throws SQLException {
    Object[] values = rows.stream().map(column).toArray();
    statement.setArray(next++, statement.getConnection().createArrayOf(type, values));
    return this;
  }
}
