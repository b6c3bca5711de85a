package io.muster.benchmarks.limit.again;

import io.muster.benchmarks.limit.postgresql.TableShape;
import io.muster.benchmarks.limit.postgresql.TableShape.Column;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to be written to a table again.
 *
 * @param inserts rows that the scenario added
 * @param updates rows that it changed, as they came out; the clone holds them as they went in
 * @param changed columns that it changed in any of them
 * @param updatesInAll how often it changed a row: more than there are rows where each batch counts
 *     something up in the same few
 * @param deletes keys of rows that it took away
 */
record TableAgain(
    TableShape shape,
    Rows inserts,
    Rows updates,
    List<Column> changed,
    long updatesInAll,
    Rows deletes) {
  /**
   * Rows in a file.
   *
   * @param file null when there are none
   */
  record Rows(Path file, long count) {
    static final Rows NONE = new Rows(null, 0);
  }

  /** The same few rows are changed again and again. */
  boolean isHot() {
    return updatesInAll > updates.count();
  }

  /** Writes per table: what the report tells. */
  long rowsWritten() {
    return inserts.count() + Math.max(updates.count(), updatesInAll) + deletes.count();
  }

  String insert() {
    return """
    INSERT INTO %s (%s)
    SELECT %s
    FROM unnest(%s) AS n (%s)
    """
        .formatted(
            shape.quoted(),
            shape.names(),
            TableShape.join(shape.columns(), TableAgain::cast, ", "),
            parameters(shape.columns()),
            shape.names());
  }

  String update() {
    return """
    UPDATE %s AS t
    SET %s
    FROM unnest(%s) AS n (%s)
    WHERE %s
    """
        .formatted(
            shape.quoted(),
            TableShape.join(changed, c -> c.quoted() + " = " + cast(c), ", "),
            parameters(updateColumns()),
            TableShape.join(updateColumns(), Column::quoted, ", "),
            shape.sameKey("t", "n"));
  }

  String delete() {
    return """
    DELETE FROM %s AS t
    USING unnest(%s) AS n (%s)
    WHERE %s
    """
        .formatted(
            shape.quoted(),
            parameters(shape.key()),
            TableShape.join(shape.key(), Column::quoted, ", "),
            shape.sameKey("t", "n"));
  }

  /** What an update names: the key, then what changes. */
  List<Column> updateColumns() {
    return shape.columns(column -> column.key() || changed.contains(column));
  }

  private static String parameters(List<Column> columns) {
    return TableShape.join(columns, column -> "?::" + column.wireType() + "[]", ", ");
  }

  private static String cast(Column column) {
    return "n." + column.quoted() + (column.array() ? "::" + column.type() : "");
  }
}
