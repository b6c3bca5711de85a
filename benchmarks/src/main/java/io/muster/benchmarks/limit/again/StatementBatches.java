package io.muster.benchmarks.limit.again;

import io.muster.benchmarks.limit.again.TableAgain.Rows;
import io.muster.benchmarks.limit.postgresql.ColumnValues;
import io.muster.benchmarks.limit.postgresql.CopiedRows;
import io.muster.benchmarks.limit.postgresql.TableShape.Column;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One statement's rows, cut into as many batches as the whole scenario has. Not thread-safe.
 *
 * <p>Rows that are changed again and again are kept, and each batch gets as many of them as its
 * part of the changes; different ones for different writers, as consumers have partitions of their
 * own.
 */
final class StatementBatches implements Closeable {
  private final String sql;
  private final List<Column> columns;
  private final long writes;
  private final int batches;
  private final CopiedRows file;
  private final List<ColumnValues[]> kept = new ArrayList<>();
  private int nextKept;

  private StatementBatches(
      String sql, List<Column> columns, long writes, int batches, CopiedRows file) {
    this.sql = sql;
    this.columns = columns;
    this.writes = writes;
    this.batches = batches;
    this.file = file;
  }

  /** Each row once. */
  static StatementBatches once(String sql, List<Column> columns, Rows rows, int batches)
      throws IOException {
    return new StatementBatches(sql, columns, rows.count(), batches, CopiedRows.open(rows.file()));
  }

  /**
   * The same rows again and again.
   *
   * @param writes in all
   */
  static StatementBatches again(
      String sql, List<Column> columns, Rows rows, long writes, int batches) throws IOException {
    try (StatementBatches read =
        new StatementBatches(sql, columns, writes, batches, CopiedRows.open(rows.file()))) {
      for (long row = 0; row < rows.count(); row++) {
        read.kept.add(read.take(1).columns());
      }
      return read;
    }
  }

  /**
   * What one execution binds.
   *
   * @param rows how many; 0 = nothing to do
   */
  record Bound(String sql, ColumnValues[] columns, int rows) {}

  /**
   * The rows of a batch; batches are asked for in order.
   *
   * @param batch from 0
   * @param writer who asks, from 0
   */
  Bound of(int batch, int writer, int writers) throws IOException {
    int due = (int) (part(batch + 1) - part(batch));
    return kept.isEmpty() ? take(due) : takeKept(due, writer, writers);
  }

  private long part(int batch) {
    return writes * batch / batches;
  }

  private Bound take(int most) throws IOException {
    ColumnValues[] values = empty();
    return new Bound(sql, values, file.next(most, values));
  }

  private Bound takeKept(int due, int writer, int writers) {
    List<ColumnValues[]> own = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      if (kept.size() < writers || i % writers == writer) {
        own.add(kept.get(i));
      }
    }
    int count = Math.min(due, own.size());
    ColumnValues[] values = empty();
    for (int i = 0; i < count; i++) {
      ColumnValues[] row = own.get((nextKept + i) % own.size());
      for (int column = 0; column < values.length; column++) {
        values[column].add(row[column]);
      }
    }
    nextKept += count;
    return new Bound(sql, values, count);
  }

  private ColumnValues[] empty() {
    return columns.stream().map(Column::values).toArray(ColumnValues[]::new);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
