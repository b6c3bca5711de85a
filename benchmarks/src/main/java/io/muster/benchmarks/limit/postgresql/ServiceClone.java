package io.muster.benchmarks.limit.postgresql;

import io.muster.benchmarks.limit.postgresql.TableShape.Column;
import io.muster.localstack.service.StackService;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A database beside a service's own, on the same server, with the same schema, to write rows into
 * without the service. Closing drops it. One thread.
 */
public final class ServiceClone implements Closeable {
  /** Fewer bytes of rows are faster loaded with the indexes in place. */
  private static final long WORTH_DROPPING_INDEXES = 1 << 20;

  private static final String DAYS =
      """
      SELECT DISTINCT to_date(right(c.relname, 8), 'YYYYMMDD')
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE c.relkind = 'r' AND c.relname ~ '_[0-9]{8}$'
      """;

  private static final String INDEXES =
      """
      SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
      FROM pg_index i
      WHERE i.indrelid = '%s'::regclass
        AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
      """;

  private final StackServer server;
  private final StackService service;
  private final String database;
  private Connection connection;

  private ServiceClone(StackServer server, StackService service, String database) {
    this.server = server;
    this.service = service;
    this.database = database;
  }

  /**
   * Makes it, with a partition for each day that the service has one for.
   *
   * @param purpose part of the database's name
   */
  public static ServiceClone make(StackServer server, StackService service, String purpose)
      throws SQLException, IOException {
    ServiceClone clone =
        new ServiceClone(server, service, "limit-" + purpose + "-" + service.database());
    try {
      clone.create();
      ServiceSchema.make(server, service, clone.database);
      clone.connection = server.superuser(clone.database);
      clone.makeDays();
      return clone;
    } catch (SQLException | IOException | RuntimeException e) {
      clone.close();
      throw e;
    }
  }

  private void create() throws SQLException {
    try (Connection maintenance = server.superuser("postgres");
        Statement statement = maintenance.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS \"" + database + "\" WITH (FORCE)");
      statement.execute("CREATE DATABASE \"" + database + "\" OWNER " + service.ownerRole());
    }
  }

  private void makeDays() throws SQLException {
    try (Connection original = server.superuser(service.database());
        Statement find = original.createStatement();
        ResultSet days = find.executeQuery(DAYS);
        Statement make = connection.createStatement()) {
      while (days.next()) {
        make.execute("SELECT make_day_partitions('" + days.getDate(1) + "')");
      }
    }
  }

  /** As the service itself connects: its rights, its row-level security. */
  public Connection asTheService() throws SQLException {
    return server.as(service.appRole(), database);
  }

  public StackService service() {
    return service;
  }

  /** May do everything. Closed with the clone. */
  public Connection superuser() {
    return connection;
  }

  /**
   * Loads rows that a table is to hold before anything is measured. Foreign keys aren't looked at:
   * they hold where the rows come from.
   *
   * @param rows in the order of the table's columns
   */
  public void fill(TableShape table, Path rows) throws SQLException, IOException {
    Map<String, String> indexes =
        Files.size(rows) < WORTH_DROPPING_INDEXES ? Map.of() : indexes(table);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      statement.execute("SET maintenance_work_mem = '512MB'");
      for (String index : indexes.keySet()) {
        statement.execute("DROP INDEX " + index);
      }
      CopiedRows.load(connection, table.quoted() + " (" + table.names() + ")", rows);
      for (String definition : indexes.values()) {
        statement.execute(definition);
      }
      statement.execute("RESET session_replication_role");
      statement.execute("VACUUM (ANALYZE) " + table.quoted());
    }
  }

  private Map<String, String> indexes(TableShape table) throws SQLException {
    Map<String, String> definitions = new LinkedHashMap<>();
    if (table.partitioned()) {
      return definitions;
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(INDEXES.formatted(table.quoted()))) {
      while (rows.next()) {
        definitions.put(rows.getString(1), rows.getString(2));
      }
    }
    return definitions;
  }

  /**
   * Whether the service's own role may write so: some tables are written by functions with their
   * owner's rights, or by the finder.
   */
  public boolean serviceMay(TableShape table, boolean insert, boolean delete, List<Column> update)
      throws SQLException {
    List<String> rights = new ArrayList<>();
    rights.add("NOT " + insert + " OR " + right("table", table, "", "INSERT"));
    rights.add("NOT " + delete + " OR " + right("table", table, "", "DELETE"));
    for (Column column : update) {
      rights.add(right("column", table, ", '" + column.name() + "'", "UPDATE"));
    }
    String all = "SELECT (" + String.join(") AND (", rights) + ")";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(all)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private String right(String of, TableShape table, String column, String right) {
    return "has_%s_privilege('%s', '%s'%s, '%s')"
        .formatted(of, service.appRole(), table.quoted(), column, right);
  }

  /** Writes out what was prepared, so that it doesn't weigh on what is measured next. */
  public void settle() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (connection != null) {
        connection.close();
      }
      try (Connection maintenance = server.superuser("postgres");
          Statement statement = maintenance.createStatement()) {
        statement.execute("DROP DATABASE IF EXISTS \"" + database + "\" WITH (FORCE)");
      }
    } catch (SQLException e) {
      throw new IOException("can't drop the database " + database, e);
    }
  }
}
