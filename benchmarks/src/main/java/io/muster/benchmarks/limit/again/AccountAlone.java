package io.muster.benchmarks.limit.again;

import io.muster.benchmarks.limit.again.TableAgain.Rows;
import io.muster.benchmarks.limit.postgresql.CopiedRows;
import io.muster.benchmarks.limit.postgresql.Folders;
import io.muster.benchmarks.limit.postgresql.ServiceClone;
import io.muster.benchmarks.limit.postgresql.StackServer;
import io.muster.benchmarks.limit.postgresql.TableShape;
import io.muster.localstack.service.StackService;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * How fast PostgreSQL takes accounts when nothing else is written: rows per second into {@code
 * account} with all its indexes, the table empty at the start of each way.
 *
 * @param rows written each time; 0 when there were no accounts
 * @param copyBinary by COPY in binary format, as the superuser: COPY doesn't work under row-level
 *     security
 * @param copyText by COPY in text format, likewise
 * @param oneConnection by {@code INSERT ... SELECT FROM unnest} as the service itself does it
 * @param twoConnections likewise over two
 */
public record AccountAlone(
    long rows, double copyBinary, double copyText, double oneConnection, double twoConnections) {
  private static final double NANOS = 1e9;

  /**
   * Takes accounts of a tenant from user-service's own database.
   *
   * @param most accounts to write
   * @param rowsPerBatch of the inserts
   */
  public static AccountAlone measure(StackServer server, String tenant, long most, int rowsPerBatch)
      throws SQLException, IOException, InterruptedException {
    Path folder = Folders.temporary("muster-accounts-");
    try (ServiceClone clone = ServiceClone.make(server, StackService.USER_SERVICE, "account")) {
      TableShape account = TableShape.of(clone.superuser()).get("account");
      Path binary = folder.resolve("account.binary");
      Path text = folder.resolve("account.text");
      long rows = read(server, tenant, most, account, binary, text);
      if (rows == 0) {
        return new AccountAlone(0, 0, 0, 0, 0);
      }
      Measuring measuring = new Measuring(clone, account, tenant, rows);
      return new AccountAlone(
          rows,
          measuring.copied(binary, "binary"),
          measuring.copied(text, "text"),
          measuring.inserted(binary, rowsPerBatch, 1),
          measuring.inserted(binary, rowsPerBatch, 2));
    } finally {
      Folders.remove(folder);
    }
  }

  private static long read(
      StackServer server, String tenant, long most, TableShape account, Path binary, Path text)
      throws SQLException, IOException {
    String query =
        "(SELECT %s FROM %s a WHERE tenant_id = '%s' LIMIT %d)"
            .formatted(account.names(), account.quoted(), tenant.replace("'", "''"), most);
    try (Connection original = server.superuser(StackService.USER_SERVICE.database())) {
      original.setAutoCommit(false);
      original.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      CopiedRows.copy(original, query, text, "text");
      return CopiedRows.copy(original, query, binary);
    }
  }

  private record Measuring(ServiceClone into, TableShape account, String tenant, long rows) {
    double copied(Path file, String format) throws SQLException, IOException {
      empty();
      long start = System.nanoTime();
      String target = account.quoted() + " (" + account.names() + ")";
      CopiedRows.load(into.superuser(), target, file, format);
      return rate(System.nanoTime() - start);
    }

    double inserted(Path file, int rowsPerBatch, int connections)
        throws SQLException, IOException, InterruptedException {
      empty();
      int batches = (int) ((rows + rowsPerBatch - 1) / rowsPerBatch);
      try (WritingAgain writing = new WritingAgain(tenant, batches)) {
        Rows all = new Rows(file, rows);
        writing.add(
            into, List.of(new TableAgain(account, all, Rows.NONE, List.of(), 0, Rows.NONE)));
        return rate(writing.run(connections));
      }
    }

    private void empty() throws SQLException {
      try (Statement statement = into.superuser().createStatement()) {
        statement.execute("TRUNCATE " + account.quoted());
      }
      into.settle();
    }

    private double rate(long nanos) {
      return rows * NANOS / nanos;
    }
  }
}
