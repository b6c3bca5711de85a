package io.muster.chassis.setwise;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Binds many rows to one statement's {@code unnest(?::text[], ?::bigint[], ...)}: one array for
 * each column, in the order of the parameters. The first column's array has an element for each
 * row; of a later one that holds nothing but NULL no element is sent, since {@code unnest} fills
 * shorter arrays up with NULL. For one statement, on one thread.
 *
 * @param <T> what a row is made of
 */
public final class ColumnArrays<T> {
  private final PreparedStatement statement;
  private final List<T> rows;
  private final int first;
  private int next;

  /**
   * @param first index of the first array's parameter, counted from 1
   */
  public ColumnArrays(PreparedStatement statement, List<T> rows, int first) {
    this.statement = statement;
    this.rows = rows;
    this.first = first;
    this.next = first;
  }

  /**
   * @param type PostgreSQL's name of the element type
   * @param column what stands in it; null is NULL
   */
  public ColumnArrays<T> add(String type, Function<? super T, ?> column) throws SQLException {
    Object[] values = typed(type, rows.size());
    boolean empty = next > first;
    for (int i = 0; i < values.length; i++) {
      values[i] = column.apply(rows.get(i));
      empty &= values[i] == null;
    }
    return bind(type, empty ? typed(type, 0) : values);
  }

  /**
   * A column of text that was made already.
   *
   * @param values one for each row, or null where it holds nothing but NULL
   */
  public ColumnArrays<T> addText(String[] values) throws SQLException {
    if (values == null) {
      return next > first ? bind("text", typed("text", 0)) : add("text", row -> null);
    }
    if (values.length != rows.size()) {
      throw new IllegalArgumentException("a column has an element for each row");
    }
    return bind("text", values);
  }

  private ColumnArrays<T> bind(String type, Object[] values) throws SQLException {
    if (values instanceof UUID[] ids) {
      statement.setObject(next++, UuidArray.of(ids));
    } else if (values instanceof String[] texts) {
      statement.setObject(next++, TextArray.of(texts));
    } else {
      statement.setArray(next++, statement.getConnection().createArrayOf(type, values));
    }
    return this;
  }

  /**
   * Arrays of these classes go in binary, by the driver or by {@link BinaryArray}; any other as
   * text, character by character, which costs more than all the rest of a batch.
   */
  private static Object[] typed(String type, int length) {
    return switch (type) {
      case "text" -> new String[length];
      case "bigint" -> new Long[length];
      case "integer" -> new Integer[length];
      case "boolean" -> new Boolean[length];
      case "bytea" -> new byte[length][];
      case "uuid" -> new UUID[length];
      default -> new Object[length];
    };
  }
}
