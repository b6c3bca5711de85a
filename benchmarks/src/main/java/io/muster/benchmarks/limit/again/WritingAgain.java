package io.muster.benchmarks.limit.again;

import io.muster.benchmarks.limit.postgresql.ServiceClone;
import io.muster.benchmarks.limit.postgresql.TableShape.Column;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes rows into clones as fast as PostgreSQL takes them: set-wise, in batches of the size that
 * the services use, a transaction for each batch and service, over a few connections, under the
 * services' own roles. No bus, no decision, no JSON.
 */
final class WritingAgain implements Closeable {
  private final List<Target> targets = new ArrayList<>();
  private final String tenant;
  private final int batches;
  private int nextBatch;

  private record Target(ServiceClone into, List<StatementBatches> statements) {}

  /** A service's part of a batch. */
  private record Part(int target, List<StatementBatches.Bound> statements) {}

  /**
   * @param tenant whose rows they are
   * @param batches into which everything is cut
   */
  WritingAgain(String tenant, int batches) {
    this.tenant = tenant;
    this.batches = batches;
  }

  /** Adds tables of a service; what is changed again and again comes last in each transaction. */
  void add(ServiceClone into, List<TableAgain> tables) throws IOException {
    List<StatementBatches> once = new ArrayList<>();
    List<StatementBatches> hot = new ArrayList<>();
    targets.add(new Target(into, once));
    for (TableAgain table : tables) {
      add(once, table.insert(), table.shape().columns(), table.inserts());
      if (table.isHot()) {
        hot.add(
            StatementBatches.again(
                table.update(),
                table.updateColumns(),
                table.updates(),
                table.updatesInAll(),
                batches));
      } else if (table.updates().count() > 0) {
        add(once, table.update(), table.updateColumns(), table.updates());
      }
      add(once, table.delete(), table.shape().key(), table.deletes());
    }
    once.addAll(hot);
  }

  private void add(
      List<StatementBatches> to, String sql, List<Column> columns, TableAgain.Rows rows)
      throws IOException {
    if (rows.count() > 0) {
      to.add(StatementBatches.once(sql, columns, rows, batches));
    }
  }

  /**
   * @param connections at a time, each with a thread
   * @return nanoseconds from the first statement to the last commit
   */
  long run(int connections) throws SQLException, IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    List<Writer> writers = new ArrayList<>();
    try {
      for (int writer = 0; writer < connections; writer++) {
        writers.add(new Writer(writer, connections));
      }
      long start = System.nanoTime();
      for (Future<Void> done : threads.invokeAll(writers)) {
        done.get();
      }
      return System.nanoTime() - start;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException refused) {
        throw new SQLException("the rows can't be written again: " + refused.getMessage(), refused);
      }
      throw new IOException("the rows can't be written again", e.getCause());
    } finally {
      threads.shutdownNow();
      for (Writer writer : writers) {
        writer.close();
      }
    }
  }

  /** Cut on the thread of whoever takes it, one at a time, because files are read in order. */
  private synchronized List<Part> next(int writer, int writers) throws IOException {
    if (nextBatch == batches) {
      return null;
    }
    List<Part> parts = new ArrayList<>();
    for (int target = 0; target < targets.size(); target++) {
      List<StatementBatches.Bound> bound = new ArrayList<>();
      for (StatementBatches statement : targets.get(target).statements()) {
        StatementBatches.Bound rows = statement.of(nextBatch, writer, writers);
        if (rows.rows() > 0) {
          bound.add(rows);
        }
      }
      if (!bound.isEmpty()) {
        parts.add(new Part(target, bound));
      }
    }
    nextBatch++;
    return parts;
  }

  @Override
  public void close() throws IOException {
    for (Target target : targets) {
      for (StatementBatches statement : target.statements()) {
        statement.close();
      }
    }
  }

  private final class Writer implements Callable<Void>, AutoCloseable {
    private final int number;
    private final int writers;
    private final List<Connection> connections = new ArrayList<>();
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Writer(int number, int writers) throws SQLException {
      this.number = number;
      this.writers = writers;
      for (Target target : targets) {
        Connection connection = target.into().asTheService();
        connection.setAutoCommit(false);
        connections.add(connection);
      }
    }

    @Override
    public Void call() throws SQLException, IOException {
      for (List<Part> batch = next(number, writers); batch != null; batch = next(number, writers)) {
        for (Part part : batch) {
          write(part);
        }
      }
      return null;
    }

    private void write(Part part) throws SQLException {
      Connection connection = connections.get(part.target());
      PreparedStatement enter =
          statement(part.target(), "SELECT set_config('muster.tenants', ?, true)");
      enter.setString(1, tenant);
      enter.execute();
      for (StatementBatches.Bound bound : part.statements()) {
        PreparedStatement statement = statement(part.target(), bound.sql());
        for (int column = 0; column < bound.columns().length; column++) {
          bound.columns()[column].bind(connection, statement, column + 1);
        }
        int written = statement.executeUpdate();
        if (written != bound.rows()) {
          throw new SQLException(written + " of " + bound.rows() + " rows: " + bound.sql());
        }
      }
      connection.commit();
    }

    private PreparedStatement statement(int target, String sql) throws SQLException {
      String key = target + sql;
      PreparedStatement known = prepared.get(key);
      if (known == null) {
        known = connections.get(target).prepareStatement(sql);
        prepared.put(key, known);
      }
      return known;
    }

    @Override
    public void close() throws SQLException {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }
}
