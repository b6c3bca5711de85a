package io.muster.benchmarks.limit.again;

import io.muster.benchmarks.limit.TableWork;
import io.muster.benchmarks.limit.again.PostgresLimit.Table;
import io.muster.benchmarks.limit.postgresql.Folders;
import io.muster.benchmarks.limit.postgresql.ServiceClone;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The honest limit of a scenario: its very rows, written again into databases with the services'
 * own schema on the same server, by nothing but PostgreSQL. docs/decisions/0019.
 */
public final class PostgresAlone implements Closeable {
  /** Filled by the services after the commands' transactions, in transactions of their own. */
  private static final Set<String> BEHIND = Set.of("account_search", "change_by_user");

  /** Services whose writes count in any case; of the others only when a row in a hundred does. */
  private static final Set<StackService> ALWAYS =
      Set.of(StackService.USER_SERVICE, StackService.LICENSE_SERVICE);

  private static final int NOTICEABLE = 100;
  private static final double NANOS = 1e9;

  private final StackServer server;
  private final ScenarioMark mark;
  private final Settings settings;
  private final Path folder;
  private final Map<ServiceClone, List<TableAgain>> clones = new LinkedHashMap<>();
  private final List<Table> written = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  /**
   * How to measure.
   *
   * @param tenant whose rows the scenario wrote
   * @param rows of the scenario
   * @param most rows to write again: a scenario of ten million isn't repeated as a whole
   * @param rowsPerBatch as many as the services' consumers take at once
   * @param connections at a time
   */
  public record Settings(String tenant, long rows, long most, int rowsPerBatch, int connections) {
    /** As the local stack's services work: polls of 2,000, two consumers. */
    public static Settings of(String tenant, long rows) {
      return new Settings(tenant, rows, 1_000_000, 2_000, 2);
    }

    long rowsAgain() {
      return Math.min(rows, most);
    }

    double share() {
      return (double) rowsAgain() / rows;
    }

    int batches() {
      return (int) ((rowsAgain() + rowsPerBatch - 1) / rowsPerBatch);
    }
  }

  private PostgresAlone(StackServer server, ScenarioMark mark, Settings settings)
      throws IOException {
    this.server = server;
    this.mark = mark;
    this.settings = settings;
    this.folder = Folders.temporary("muster-again-");
  }

  /**
   * Lays everything out, after the scenario and what follows it: clones hold what was there before
   * it. Nothing should be writing.
   *
   * @param works what the scenario wrote, as PostgreSQL counted it
   */
  public static PostgresAlone prepare(
      StackServer server, ScenarioMark mark, Settings settings, List<TableWork> works)
      throws SQLException, IOException {
    PostgresAlone alone = new PostgresAlone(server, mark, settings);
    try {
      for (StackService service : StackService.values()) {
        alone.prepare(
            service,
            works.stream().filter(work -> work.service().equals(service.serviceName())).toList());
      }
      return alone;
    } catch (SQLException | IOException | RuntimeException e) {
      alone.close();
      throw e;
    }
  }

  private void prepare(StackService service, List<TableWork> works)
      throws SQLException, IOException {
    long writes = works.stream().mapToLong(PostgresAlone::writes).sum();
    if (writes == 0 || !ALWAYS.contains(service) && writes * NOTICEABLE < settings.rows()) {
      return;
    }
    try (Connection original = server.superuser(service.database())) {
      ServiceClone clone = ServiceClone.make(server, service, "again");
      List<TableAgain> tables = new ArrayList<>();
      clones.put(clone, tables);
      FindingWrites finding =
          new FindingWrites(original, clone, mark.of(service), settings.share(), folder);
      Map<String, TableShape> shapes = TableShape.of(original);
      for (TableWork work : works) {
        if (writes(work) > 0 && shapes.containsKey(work.table())) {
          keep(clone, tables, finding.find(shapes.get(work.table()), work), work);
        }
      }
    }
  }

  private static long writes(TableWork work) {
    return work.inserted() + work.updated() + work.deleted();
  }

  private void keep(ServiceClone clone, List<TableAgain> tables, TableAgain found, TableWork work)
      throws SQLException {
    String name = clone.service().serviceName() + "." + found.shape().name();
    if (found.rowsWritten() == 0) {
      leftOut.add(name + ": " + writes(work) + " writes of rows that came and went");
      return;
    }
    if (!mayWrite(clone, found)) {
      leftOut.add(name + ": " + writes(work) + " writes under another role");
      return;
    }
    tables.add(found);
    written.add(
        new Table(
            clone.service().serviceName(),
            found.shape().name(),
            found.inserts().count(),
            found.updatesInAll(),
            found.deletes().count(),
            BEHIND.contains(found.shape().name())));
  }

  private static boolean mayWrite(ServiceClone clone, TableAgain found) throws SQLException {
    return clone.serviceMay(
        found.shape(), found.inserts().count() > 0, found.deletes().count() > 0, found.changed());
  }

  /** Writes everything again: first what goes with the commands, then what follows them. */
  public PostgresLimit measure() throws SQLException, IOException, InterruptedException {
    for (ServiceClone clone : clones.keySet()) {
      clone.settle();
    }
    String start = walPosition();
    double seconds = run(false);
    double secondsBehind = run(true);
    return new PostgresLimit(
        settings.rowsAgain(),
        settings.connections(),
        settings.rowsPerBatch(),
        seconds,
        secondsBehind,
        walSince(start),
        written,
        leftOut);
  }

  private double run(boolean behind) throws SQLException, IOException, InterruptedException {
    try (WritingAgain writing = new WritingAgain(settings.tenant(), settings.batches())) {
      boolean any = false;
      for (Map.Entry<ServiceClone, List<TableAgain>> clone : clones.entrySet()) {
        List<TableAgain> tables =
            clone.getValue().stream()
                .filter(table -> BEHIND.contains(table.shape().name()) == behind)
                .toList();
        any |= !tables.isEmpty();
        writing.add(clone.getKey(), tables);
      }
      return any ? writing.run(settings.connections()) / NANOS : 0;
    }
  }

  private String walPosition() throws SQLException {
    return ask("SELECT pg_current_wal_insert_lsn()::text");
  }

  private long walSince(String start) throws SQLException {
    return Long.parseLong(
        ask("SELECT (pg_current_wal_insert_lsn() - '" + start + "'::pg_lsn)::bigint::text"));
  }

  private String ask(String query) throws SQLException {
    try (Connection connection = server.superuser("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() throws IOException {
    for (ServiceClone clone : clones.keySet()) {
      clone.close();
    }
    Folders.remove(folder);
  }
}
