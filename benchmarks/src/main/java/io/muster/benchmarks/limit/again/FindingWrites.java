package io.muster.benchmarks.limit.again;

import io.muster.benchmarks.limit.TableWork;
import io.muster.benchmarks.limit.again.TableAgain.Rows;
import io.muster.benchmarks.limit.postgresql.CopiedRows;
import io.muster.benchmarks.limit.postgresql.ServiceClone;
import io.muster.benchmarks.limit.postgresql.TableShape;
import io.muster.benchmarks.limit.postgresql.TableShape.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what a scenario wrote to the tables of one service, lays it out in files, and fills the
 * clone with what was there before. One thread.
 */
final class FindingWrites {
  /** Rows that batches count something up in: subscriptions, positions, jobs. */
  private static final long FEW = 10_000;

  private final Connection original;
  private final ServiceClone clone;
  private final ScenarioMark.OfAService before;
  private final double share;
  private final Path folder;

  /**
   * @param original the service's database
   * @param share of the rows that is to be written again, from above 0 to 1
   * @param folder for the files
   */
  FindingWrites(
      Connection original,
      ServiceClone clone,
      ScenarioMark.OfAService before,
      double share,
      Path folder) {
    this.original = original;
    this.clone = clone;
    this.before = before;
    this.share = share;
    this.folder = folder;
  }

  /** Of one table, which {@code written} says was written to. */
  TableAgain find(TableShape table, TableWork written) throws SQLException, IOException {
    Path known = before.rows().get(table.name());
    if (known != null) {
      clone.fill(table, known);
    }
    boolean onlyAdded = written.updated() == 0 && written.deleted() == 0;
    if (known == null && onlyAdded && !table.referenced()
        || table.partitioned()
        || table.key().isEmpty()) {
      Rows inserts =
          copy(
              original,
              "inserts",
              table,
              table.columns(),
              "SELECT %s FROM " + table.quoted() + " a WHERE " + fresh());
      return new TableAgain(table, inserts, Rows.NONE, List.of(), 0, Rows.NONE);
    }
    layBeside(table);
    try {
      return compare(table, written);
    } finally {
      run("DROP SCHEMA again CASCADE");
    }
  }

  /** What the scenario wrote, and the keys of all that is there now, in the clone. */
  private void layBeside(TableShape table) throws SQLException, IOException {
    String keys = TableShape.join(table.key(), Column::quoted, ", ");
    run(
        """
        CREATE SCHEMA again;
        CREATE UNLOGGED TABLE again.written (LIKE %s);
        CREATE UNLOGGED TABLE again.present AS SELECT %s FROM %s WHERE false;
        """
            .formatted(table.quoted(), keys, table.quoted()));
    Path file = folder.resolve("beside");
    CopiedRows.copy(
        original,
        "(SELECT " + table.names() + " FROM " + table.quoted() + " a WHERE " + fresh() + ")",
        file);
    CopiedRows.load(clone.superuser(), "again.written (" + table.names() + ")", file);
    CopiedRows.copy(original, "(SELECT " + keys + " FROM " + table.quoted() + ")", file);
    CopiedRows.load(clone.superuser(), "again.present (" + keys + ")", file);
    run("ANALYZE again.written; ANALYZE again.present");
  }

  private TableAgain compare(TableShape table, TableWork written) throws SQLException, IOException {
    if (table.referenced()) {
      // Few, and other tables' rows of any batch refer to them.
      fromTheStart(table);
    }
    String here = table.quoted() + " b WHERE " + table.sameKey("a", "b");
    List<Column> all = table.columns();
    long changedRows = count("again.written a WHERE EXISTS (SELECT FROM " + here + ")");
    if (changedRows == 0 && written.updated() > count("again.written")) {
      // A few rows that it made itself and then counted up: there from the start.
      fromTheStart(table);
      Rows updates =
          copy(clone.superuser(), "updates", table, all, "SELECT %s FROM again.written a");
      List<Column> values = table.columns(column -> !column.key());
      return new TableAgain(table, Rows.NONE, updates, values, written.updated(), Rows.NONE);
    }
    Rows inserts =
        copy(
            clone.superuser(),
            "inserts",
            table,
            all,
            "SELECT %s FROM again.written a WHERE NOT EXISTS (SELECT FROM " + here + ")");
    List<Column> changed = changed(table);
    Rows updates =
        changed.isEmpty()
            ? Rows.NONE
            : copy(
                clone.superuser(),
                "updates",
                table,
                table.columns(column -> column.key() || changed.contains(column)),
                "SELECT %s FROM again.written a WHERE EXISTS (SELECT FROM " + here + ")");
    Rows deletes =
        copy(
            clone.superuser(),
            "deletes",
            table,
            table.key(),
            "SELECT %s FROM "
                + table.quoted()
                + " a WHERE NOT EXISTS (SELECT FROM again.present b WHERE "
                + table.sameKey("a", "b")
                + ")");
    // A large table's rows are changed once each: what is more are batches that were rolled back.
    boolean hot = inserts.count() == 0 && updates.count() > 0 && updates.count() <= FEW;
    long again = hot ? (long) (written.updated() * share) : 0;
    return new TableAgain(
        table, inserts, updates, changed, Math.max(again, updates.count()), deletes);
  }

  /** Foreign keys aren't looked at: what is referred to may come with another table. */
  private void fromTheStart(TableShape table) throws SQLException {
    run(
        """
        SET session_replication_role = replica;
        INSERT INTO %s (%s) SELECT %s FROM again.written ON CONFLICT DO NOTHING;
        RESET session_replication_role
        """
            .formatted(table.quoted(), table.names(), table.names()));
  }

  private List<Column> changed(TableShape table) throws SQLException {
    List<Column> values = table.columns(column -> !column.key());
    if (values.isEmpty()) {
      return List.of();
    }
    String query =
        "SELECT %s FROM again.written a JOIN %s b ON %s"
            .formatted(
                TableShape.join(values, FindingWrites::differs, ", "),
                table.quoted(),
                table.sameKey("a", "b"));
    try (Statement statement = clone.superuser().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      List<Column> changed = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        if (row.getBoolean(i + 1)) {
          changed.add(values.get(i));
        }
      }
      return changed;
    }
  }

  /** As text: json knows no equality. */
  private static String differs(Column column) {
    return "bool_or(a.%s::text IS DISTINCT FROM b.%s::text)"
        .formatted(column.quoted(), column.quoted());
  }

  private Rows copy(
      Connection from, String kind, TableShape table, List<Column> columns, String query)
      throws SQLException, IOException {
    Path file = folder.resolve(kind + "." + clone.service().database() + "." + table.name());
    String found = query.formatted(TableShape.wire(columns, "a"));
    String limit = share < 1 ? " LIMIT (SELECT ceil(count(*) * " + share + ") FROM (%s) c)" : "";
    long rows =
        CopiedRows.copy(from, "(" + found + limit.formatted(query.formatted("1")) + ")", file);
    return rows == 0 ? Rows.NONE : new Rows(file, rows);
  }

  private String fresh() {
    return "a.xmin::text::bigint >= " + before.nextTransaction();
  }

  private long count(String from) throws SQLException {
    try (Statement statement = clone.superuser().createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + from)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = clone.superuser().createStatement()) {
      statement.execute(sql);
    }
  }
}
