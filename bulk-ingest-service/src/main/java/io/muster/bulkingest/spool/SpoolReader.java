package io.muster.bulkingest.spool;

import io.muster.contracts.result.RowCode;
import java.io.Closeable;
import java.io.IOException;

/**
 * A job's rows in order, from any row on; rows that were found to be duplicates are refused ones
 * here. Holds some 200 KiB, twice that where many rows were refused. One thread at a time.
 */
public final class SpoolReader implements Closeable {
  private final Parts parts;
  private final PartReader rows;
  private final RowFormat format = new RowFormat();
  private final RowList refused;
  private final RowList duplicates;
  private final long total;

  /** Where every 1,000th row begins; null until somebody seeks. */
  private long[] offsets;

  /** The row that is read next. */
  private long next = 1;

  /**
   * @throws IOException when a part is gone, was altered or cut short, or isn't this tenant's
   */
  SpoolReader(Parts parts) throws IOException {
    this.parts = parts;
    long rowBytes;
    try (PartReader index = new PartReader(parts.open(Parts.INDEX))) {
      total = index.getLong();
      rowBytes = index.getLong();
      long refusedRows = index.getLong();
      long duplicatesFound = index.getLong();
      refused = new RowList(parts, Parts.REFUSED, 1, refusedRows);
      duplicates = new RowList(parts, Parts.DUPLICATES, 2, duplicatesFound);
    }
    rows = new PartReader(parts.open(Parts.ROWS));
    try {
      // The last byte lies in the last segment, which shows whether the part was cut short.
      rows.seek(rowBytes - 1);
      rows.get();
      if (!rows.isAtEnd()) {
        throw new IOException("a spool is longer than its index says");
      }
      rows.seek(0);
      if (rows.get() != RowFormat.VERSION) {
        throw new IOException("a spool of another release's format");
      }
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /** Rows in the spool. */
  public long total() {
    return total;
  }

  /** The next {@link #next()} gives this row; going forward to a near row is cheap. */
  public void seek(long row) throws IOException {
    if (row < 1) {
      throw new IllegalArgumentException("rows count from 1");
    }
    if (row > total) {
      next = total + 1;
      return;
    }
    if (row < next || row - next >= SpoolWriter.ROWS_PER_INDEX_ENTRY) {
      int entry = (int) ((row - 1) / SpoolWriter.ROWS_PER_INDEX_ENTRY);
      rows.seek(offsetOf(entry));
      next = (long) entry * SpoolWriter.ROWS_PER_INDEX_ENTRY + 1;
    }
    while (next < row) {
      rows.skipWithLength();
      next++;
    }
  }

  /**
   * @return null after the last row
   */
  public SpooledRow next() throws IOException {
    if (next > total) {
      return null;
    }
    rows.getWithLength();
    SpooledRow row = format.decode(next, rows.bytes(), rows.offset(), rows.length());
    if (duplicates.from(next) == next) {
      row = row.refused(repeats(duplicates.second()));
    }
    next++;
    return row;
  }

  /** How many bytes the row took that was read last. */
  public int rowBytes() {
    return rows.length();
  }

  /**
   * The next row from here on that the door refused, duplicates included; what lies between isn't
   * read.
   *
   * @return null when there is none
   */
  public SpooledRow nextRefused() throws IOException {
    long row = next > total ? Long.MAX_VALUE : Math.min(refused.from(next), duplicates.from(next));
    if (row == Long.MAX_VALUE) {
      next = total + 1;
      return null;
    }
    seek(row);
    return next();
  }

  /** Loaded when somebody seeks: 160 KB for 20,000,000 rows. */
  private long offsetOf(int entry) throws IOException {
    if (offsets == null) {
      long[] loaded = new long[(int) ((total - 1) / SpoolWriter.ROWS_PER_INDEX_ENTRY) + 1];
      try (PartReader index = new PartReader(parts.open(Parts.INDEX))) {
        index.seek(SpoolWriter.COUNTS_IN_INDEX * Long.BYTES);
        for (int i = 0; i < loaded.length; i++) {
          loaded[i] = index.getLong();
        }
      }
      offsets = loaded;
    }
    return offsets[entry];
  }

  private static RowRefusal repeats(long firstRow) {
    return new RowRefusal(
        RowCode.DUPLICATE_ROW,
        "The same user with the same operation stands in row "
            + firstRow
            + " already, which counts: remove this row.",
        Column.USER_PRINCIPAL_NAME);
  }

  @Override
  public void close() throws IOException {
    try (rows;
        refused) {
      duplicates.close();
    }
  }
}
