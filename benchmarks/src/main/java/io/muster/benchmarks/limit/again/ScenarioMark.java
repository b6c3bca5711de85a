package io.muster.benchmarks.limit.again;

import io.muster.benchmarks.limit.postgresql.CopiedRows;
import io.muster.benchmarks.limit.postgresql.Folders;
import io.muster.benchmarks.limit.postgresql.StackServer;
import io.muster.benchmarks.limit.postgresql.TableShape;
import io.muster.localstack.service.StackService;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * How the services' tables stood before a scenario: by it what the scenario wrote is told from what
 * was there, and what it changed can be changed again. Rows lie in files until it is closed.
 */
public final class ScenarioMark implements Closeable {
  /** Rows that a later transaction wrote carry its number or a higher one. */
  private static final String NEXT_TRANSACTION =
      "SELECT (pg_snapshot_xmax(pg_current_snapshot())::text::numeric % 4294967296)::bigint";

  private final Path folder;
  private final Map<StackService, OfAService> services = new EnumMap<>(StackService.class);

  /**
   * One service's database.
   *
   * @param nextTransaction the lowest number of a later transaction; they start again after four
   *     thousand million, further than any benchmark goes
   * @param rows by table that isn't partitioned: what is partitioned by the job's day is only ever
   *     added to
   */
  record OfAService(long nextTransaction, Map<String, Path> rows) {}

  private ScenarioMark(Path folder) {
    this.folder = folder;
  }

  /** Reads every table once; nothing should be writing. */
  public static ScenarioMark take(StackServer server) throws SQLException, IOException {
    ScenarioMark mark = new ScenarioMark(Folders.temporary("muster-before-"));
    try {
      for (StackService service : StackService.values()) {
        mark.services.put(service, mark.read(server, service));
      }
      return mark;
    } catch (SQLException | IOException | RuntimeException e) {
      mark.close();
      throw e;
    }
  }

  private OfAService read(StackServer server, StackService service)
      throws SQLException, IOException {
    try (Connection connection = server.superuser(service.database())) {
      Map<String, Path> rows = new HashMap<>();
      for (TableShape table : TableShape.of(connection).values()) {
        if (!table.partitioned()) {
          Path file = folder.resolve(service.database() + "." + table.name());
          if (CopiedRows.copy(connection, table.quoted() + " (" + table.names() + ")", file) > 0) {
            rows.put(table.name(), file);
          }
        }
      }
      return new OfAService(nextTransaction(connection), rows);
    }
  }

  private static long nextTransaction(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NEXT_TRANSACTION)) {
      row.next();
      return row.getLong(1);
    }
  }

  OfAService of(StackService service) {
    return services.get(service);
  }

  @Override
  public void close() throws IOException {
    Folders.remove(folder);
  }
}
