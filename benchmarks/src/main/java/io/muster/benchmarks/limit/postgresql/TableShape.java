package io.muster.benchmarks.limit.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A table as statements have to know it. Partitions are seen as the table that they are parts of.
 *
 * @param columns in the order of the table
 * @param partitioned whether rows lie in partitions
 * @param referenced whether rows of other tables refer to its rows
 */
public record TableShape(
    String name, List<Column> columns, boolean partitioned, boolean referenced) {
  private static final String TABLES =
      """
      SELECT c.relname, c.relkind = 'p', a.attname, format_type(a.atttypid, a.atttypmod),
             t.oid::bigint, t.typarray::bigint, t.typcategory = 'A', coalesce(a.attnum = ANY (k.indkey), false),
             EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.confrelid = c.oid)
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           AND a.attgenerated = ''
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_index k ON k.indrelid = c.oid AND k.indisprimary
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT c.relispartition AND c.relname <> 'flyway_schema_history'
      ORDER BY c.relname, a.attnum
      """;

  /** Object identifier of {@code text[]}: built in, the same in every database. */
  private static final int TEXT_ARRAY = 1009;

  private static final int TEXT = 25;

  /**
   * @param type PostgreSQL's name, as in {@code CREATE TABLE}
   * @param oid the type's object identifier
   * @param arrayOid of the array that carries many values of it on the wire
   * @param array whether the type is an array itself; it then travels as text, because arrays of
   *     arrays must have equal lengths
   * @param key part of the primary key
   */
  public record Column(
      String name, String type, int oid, int arrayOid, boolean array, boolean key) {
    /** The column as it is read for the wire. */
    String read() {
      return array ? quoted() + "::text" : quoted();
    }

    /** Type of the parameter that carries many values. */
    public String wireType() {
      return array ? "text" : type;
    }

    /** An empty batch of it. */
    public ColumnValues values() {
      return array ? new ColumnValues(TEXT_ARRAY, TEXT) : new ColumnValues(arrayOid, oid);
    }

    public String quoted() {
      return '"' + name + '"';
    }
  }

  public TableShape {
    columns = List.copyOf(columns);
  }

  /** All tables of the services' schema, by name. */
  public static Map<String, TableShape> of(Connection connection) throws SQLException {
    Map<String, List<Column>> columns = new LinkedHashMap<>();
    Map<String, Boolean> partitioned = new LinkedHashMap<>();
    Map<String, Boolean> referenced = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        partitioned.put(rows.getString(1), rows.getBoolean(2));
        referenced.put(rows.getString(1), rows.getBoolean(9));
        columns
            .computeIfAbsent(rows.getString(1), table -> new ArrayList<>())
            .add(
                new Column(
                    rows.getString(3),
                    rows.getString(4),
                    (int) rows.getLong(5),
                    (int) rows.getLong(6),
                    rows.getBoolean(7),
                    rows.getBoolean(8)));
      }
    }
    Map<String, TableShape> shapes = new LinkedHashMap<>();
    columns.forEach(
        (table, its) ->
            shapes.put(
                table, new TableShape(table, its, partitioned.get(table), referenced.get(table))));
    return shapes;
  }

  public String quoted() {
    return "public.\"" + name + '"';
  }

  /** Those of the primary key; empty when there is none. */
  public List<Column> key() {
    return columns.stream().filter(Column::key).toList();
  }

  /** The column list for {@code COPY} and {@code INSERT}. */
  public String names() {
    return join(columns, Column::quoted, ", ");
  }

  /** As read for {@link CopiedRows}, from a table of the given alias. */
  public static String wire(List<Column> columns, String alias) {
    return join(columns, column -> alias + "." + column.read(), ", ");
  }

  /** Equality of the primary keys of two aliases. */
  public String sameKey(String one, String other) {
    return join(key(), c -> one + "." + c.quoted() + " = " + other + "." + c.quoted(), " AND ");
  }

  /** Columns that a test holds for. */
  public List<Column> columns(Predicate<Column> test) {
    return columns.stream().filter(test).toList();
  }

  /** SQL made of columns. */
  public static String join(List<Column> columns, Function<Column, String> sql, String separator) {
    return columns.stream().map(sql).collect(Collectors.joining(separator));
  }
}
